# `make` lists what can be made. Everything is installed into .venv; nothing else on the machine changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help venv demo run deploy serve test page-checkers check bench clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: $(STAMP)  ## install everything into .venv

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("axiswatch needs Python 3.11 or newer; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP)  ## show the whole of it work: sample feeds, scores, a digest (no network)
	$(BIN)/axiswatch demo

run: $(STAMP)  ## read the configured feeds once and send the digest
	$(BIN)/axiswatch run

deploy: $(STAMP)  ## make a Prefect server on this machine ready for prefect.yaml, and close runs that a crash left
	$(BIN)/axiswatch deploy

serve: $(STAMP)  ## run the schedules until Ctrl-C
	$(BIN)/axiswatch serve

test: $(STAMP)  ## run the tests: side by side, then those that measure time
	$(BIN)/python -m pytest -m "not alone" -n auto --no-loadscope-reorder
	$(BIN)/python -m pytest -m alone

page-checkers:  ## fetch what checks the markup of pages and who can read them (needs npm; the first needs Java to run)
	npm install --prefix tests/page_checkers --no-package-lock --ignore-scripts --no-audit --no-fund --silent

check: $(STAMP)  ## lint, types, import rules and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(STAMP)  ## measure speed beside its floors
	$(BIN)/python -m tests.benchmarks

clean:  ## remove .venv, caches and the demo; var with your store stays
	rm -rf $(VENV) var/demo build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
