"""The commands and their options; each leaves the work, and the imports, to where it is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from harness.cli.target_options import with_target_options
from harness.errors import HarnessError

_INTERRUPTED = 130  # typer's own exit code for Ctrl-C

app = typer.Typer(
    name="checkout-harness",
    help="End-to-end tests of the Ottu Checkout web SDK.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_Reports = Annotated[Path, typer.Option("--reports", help="Folder for everything left behind.")]
_Policy = Annotated[
    Path | None,
    typer.Option("--policy", help="The gate's policy (default: ci/gate.toml, if it is there)."),
]
_Report = Annotated[
    bool, typer.Option("--report/--no-report", help="Make the Allure page, or only its data.")
]
_Replay = Annotated[
    bool,
    typer.Option("--replay/--no-replay", help="Record what failed in a second run of it, or not."),
]
_LastGreen = Annotated[
    Path | None,
    typer.Option("--last-green", help="verdict.json of the last green run, to compare with."),
]


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def run(
    context: typer.Context,
    reports: _Reports = Path("reports"),
    policy: _Policy = None,
    last_green: _LastGreen = None,
    report: _Report = True,
    replay: _Replay = True,
) -> None:
    """Run scenarios and judge them. What is not listed here goes to pytest: `-k card`."""
    from harness.gate import run as gate_run  # noqa: PLC0415
    from harness.integration import address  # noqa: PLC0415

    address.refuse_elsewhere(context.args)
    raise typer.Exit(
        gate_run.run(context.args, reports, policy, last_green, report=report, evidence=replay)
    )


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def integration(
    context: typer.Context,
    merchant_url: Annotated[
        str | None,
        typer.Option("--merchant-url", help="Address of the page; else OTTU_MERCHANT_URL."),
    ] = None,
    reports: _Reports = Path("reports"),
    report: _Report = True,
) -> None:
    """Say whether a merchant's own page is wired as Ottu documents, rule by rule.

    The address shows a checkout that can be paid whenever it is opened. What is not listed here
    goes to pytest.
    """
    from harness.integration import address, run  # noqa: PLC0415

    url = address.merchant_url(merchant_url)
    raise typer.Exit(run.run(url, context.args, reports, report=report))


@app.command()
def gate(
    folders: Annotated[list[Path], typer.Argument(help="The reports folder of every shard.")],
    reports: _Reports = Path("reports"),
    policy: _Policy = None,
    last_green: _LastGreen = None,
    report: _Report = True,
) -> None:
    """Judge the runs of several shards as one."""
    from harness.gate import merge  # noqa: PLC0415

    raise typer.Exit(merge.gate(folders, reports, policy, last_green, report=report))


@app.command()
def report(
    folders: Annotated[list[Path], typer.Argument(help="Reports folders of one or more runs.")],
    reports: _Reports = Path("reports"),
) -> None:
    """Make one Allure report, in one file, from the results of one or more runs."""
    from harness.evidence import allure_report  # noqa: PLC0415

    made = allure_report.build([each / "allure-results" for each in folders], reports)
    typer.echo(made)


@app.command()
def sandbox(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any.")] = 0,
    defect: Annotated[
        list[str] | None, typer.Option(help="Plant a defect, by its id; may be repeated.")
    ] = None,
    mids: Annotated[
        Path | None, typer.Option(help="A TOML file of gateway accounts of your own.")
    ] = None,
    inquiry_throttle: Annotated[
        bool, typer.Option("--inquiry-throttle", help="Limit inquiries as Ottu does.")
    ] = False,
) -> NoReturn:
    """Serve an Ottu of your own; one line of JSON says where, once it is ready."""
    given = [f"--defect={each}" for each in defect or []]
    if mids is not None:
        given.append(f"--mids={mids}")
    if inquiry_throttle:
        given.append("--inquiry-throttle")
    address = [f"--host={host}", f"--port={port}"]
    os.execv(  # noqa: S606 -- this process becomes the sandbox, so that signals reach it
        sys.executable, [sys.executable, "-m", "harness.sandbox", *address, *given]
    )


@app.command()
def shop(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any.")] = 0,
) -> None:
    """Open a shop in which a person can try the checkout; its address is printed."""
    from harness.cli import shop as demo  # noqa: PLC0415

    demo.serve(host, port)


@app.command()
def audit(  # noqa: PLR0913, PLR0917 -- each is an option
    only: Annotated[
        list[str] | None, typer.Option(help="A defect's id, * for any; may be repeated.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Switch a witness off; may be repeated.")
    ] = None,
    all_detectors: Annotated[
        bool, typer.Option("--all-detectors", help="Find every scenario that notices a defect.")
    ] = False,
    document: Annotated[
        Path | None, typer.Option(help="Markdown file with a place for the findings.")
    ] = None,
    controls: Annotated[int, typer.Option(min=0, help="Control runs before.")] = 2,
    patience: Annotated[float, typer.Option(help="Seconds to wait for what never comes.")] = 4.0,
    workers: Annotated[int, typer.Option(min=0, help="Browsers side by side; 0: by cores.")] = 0,
    claims_only: Annotated[
        bool, typer.Option("--claims-only", help="Do not try survivors on other flows' scenarios.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do not go on with an interrupted audit.")
    ] = False,
    reports: Annotated[Path, typer.Option(help="Folder for what is left behind.")] = Path(
        "reports/audit"
    ),
) -> None:
    """Plant defects in the sandbox, one after another, and see whether the scenarios notice."""
    from harness.audit.run import Wish  # noqa: PLC0415
    from harness.cli import audit as command  # noqa: PLC0415

    wish = Wish(
        only=only or (),
        without=without or (),
        exhaustive=all_detectors,
        patience_s=patience,
        workers=workers,
        fresh=fresh,
        controls=controls,
        claims_only=claims_only or bool(without),
        reports=reports,
    )
    raise typer.Exit(command.run(wish, document))


@app.command()
@with_target_options
def doctor(
    options: dict[str, str | None],
    section: str | None,
    reports: _Reports = Path("reports"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as JSON, and nothing else.")
    ] = False,
) -> None:
    """Say whether everything that a run needs is there: machine, keys, script, page objects."""
    from harness.cli import doctor as command  # noqa: PLC0415

    raise typer.Exit(command.run(options, section, reports, as_json=as_json))


@app.command()
@with_target_options
def drift(
    options: dict[str, str | None],
    section: str | None,
    reports: _Reports = Path("reports"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the differences as JSON, and nothing else.")
    ] = False,
) -> None:
    """Say in what a live Ottu differs from the embedded sandbox: 0 in nothing, 1 in something."""
    from harness.cli import drift as command  # noqa: PLC0415

    raise typer.Exit(command.run(options, section, reports, as_json=as_json))


@app.command("install-browser")
def install_browser() -> None:
    """Find a browser for the scenarios, or bring one to this machine."""
    from harness.browser import install  # noqa: PLC0415

    choice = install(lambda step: typer.echo(step, err=True))
    typer.echo(f"Chromium {choice.version}, {choice.whose}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one sentence on standard error.

    Returns the exit code: 0 pass, 1 the checkout is broken, 2 wrong usage, 3 inconclusive.
    """
    try:
        given = None if arguments is None else list(arguments)
        code = app(given, prog_name="checkout-harness", standalone_mode=False)
    except typer.TyperException as error:
        said = error.format_message().strip()
        whole = said if said.startswith("Usage:") else f"{said.rstrip('.')}. See --help."
        typer.echo(whole, err=True)
        return 2
    except HarnessError as error:
        typer.echo(error.message, err=True)
        return error.exit_code
    except KeyboardInterrupt:
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        typer.echo("Stopped.", err=True)
        return 3
    return code if isinstance(code, int) else 0
