# Two commands: `make scenarios` drives the checkout, `make test` checks the harness itself.
# Both set the clone up first, and again only when a lock file has changed.

.DEFAULT_GOAL := help
.PHONY: help setup scenarios test audit durations bench lint clean

# A second run starts from compiled modules, also where the shell forbids Python to keep them.
unexport PYTHONDONTWRITEBYTECODE

# The first Python that runs and is new enough; or yours: make PYTHON=/opt/python3.12
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
VENV := .venv
PY := $(VENV)/bin/python
LOCKS := pyproject.toml requirements.lock $(wildcard harness/evidence/allure/*)

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

scenarios: $(VENV)/.ready ## run every scenario on the embedded sandbox; ARGS="-k card" narrows
	@$(PY) -m harness run $(ARGS)

test: lint ## lint, types, and the harness's own tests
	@$(PY) -m pytest --numprocesses=auto $(ARGS)

audit: $(VENV)/.ready ## show that the scenarios catch every planted defect (ARGS="--only 'webhook/*'")
	@$(PY) -m harness audit $(ARGS)

bench: $(VENV)/.ready ## compare this harness with other runners (ARGS="--rounds 1 --only /2")
	@$(PY) benchmarks/compare.py $(ARGS)

lint: $(VENV)/.ready ## ruff and mypy
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy --no-error-summary

durations: $(VENV)/.ready ## record how long each scenario takes, for shards and workers
	@$(PY) -m harness run --no-report --no-replay --numprocesses=0 \
	  --store-durations --clean-durations --durations-path=ci/durations.json

setup: $(VENV)/.ready ## make .venv with everything in it

clean: ## remove everything that these commands made
	rm -rf $(VENV) reports build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.ready: $(LOCKS) harness/bootstrap.py
	@for python in $(or $(PYTHON),$(CANDIDATES)); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -I harness/bootstrap.py $(VENV); \
	  fi; \
	done; \
	echo "No Python 3.11 or later was found ($(or $(PYTHON),$(CANDIDATES))): install one, or name it with make PYTHON=…" >&2; \
	exit 3
