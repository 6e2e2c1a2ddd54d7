"""Run a module that ends when whoever started it ends, however that comes about.

`python -m harness.leash MODULE [ARGS]` runs the module as `python -m MODULE [ARGS]` would, and
sends itself SIGTERM when its standard input closes. The starter holds the other end and need do
nothing: a process that is killed closes its files too.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    del sys.argv[0]
    threading.Thread(target=_wait_for_the_end, name="leash", daemon=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
