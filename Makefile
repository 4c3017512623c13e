# The two commands a newcomer needs: `make run` and `make test`. Paths are relative, so that a
# folder with a space in its name works.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 2
NEXT ?= python3.13
# FAST=1: no browser, no slow tests. COVERAGE=1: measured. DATABASE=postgres: on a private PostgreSQL. STEPS=tests: no lint.
FAST ?=
COVERAGE ?=
DATABASE ?= sqlite
STEPS ?= all
# Of `make bench`: SIZES=S or SIZES="S M"; PROFILE=1 also says where the time goes.
SIZES ?=
PROFILE ?=

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)$$/  make \1\t\2/' | expand -t 22
	@echo
	@echo "  PORT=8001 DATA_DIR=/elsewhere make run      another port, the data elsewhere"
	@echo "  DATABASE_URL=postgres://... make run        on a PostgreSQL server"
	@echo "  make test FAST=1                            without browser and slow tests"
	@echo "  make test COVERAGE=1                        how much of the code the tests run"
	@echo "  make test DATABASE=postgres                 on a private PostgreSQL, gone afterwards"
	@echo "  make test DJANGO=6.1                        on that Django and python3.13 (NEXT=...)"

.PHONY: run
run: .venv/ready ## Set everything up and serve the real record on http://127.0.0.1:8000
	@.ci/serve "$(PORT)" "$(WORKERS)"

.PHONY: test
test: $(if $(DJANGO),,.venv/ready-dev) ## Check everything: style, types, imports, migrations, settings, tests
	@$(if $(DJANGO),PYTHON="$(NEXT)" DJANGO="$(DJANGO)" .ci/next,FAST="$(FAST)" COVERAGE="$(COVERAGE)" DATABASE="$(DATABASE)" STEPS="$(STEPS)" .ci/test)

.PHONY: browser
browser: .venv/ready-dev ## Look at every page in every language, theme and width (Chromium; half an hour)
	@BROWSER_MATRIX=full DATA_DIR="$$(mktemp -d)" $(BIN)/python -m pytest -q -n 2 -m browser tests/browser
	@DATA_DIR="$$(mktemp -d)" $(BIN)/python -m tests.browser.crawl

.PHONY: test-next
test-next: ## Run the tests on a newer Python and Django (NEXT=python3.13), in .venv-next
	@PYTHON="$(NEXT)" .ci/next

.PHONY: upgrade
upgrade: .venv/ready ## Bring a running site to this release: copy, migrate, index, renew the workers
	@BIN="$(BIN)" summit/deploy/upgrade

.PHONY: faults
faults: .venv/ready-dev ## Break a site of its own in every way we know, and count what is lost (minutes; DATABASE=postgres)
	@BIN="$(BIN)" $(BIN)/python -m tests.faults $(if $(filter postgres,$(DATABASE)),--postgres)

.PHONY: test-cluster
test-cluster: .venv/ready-dev ## A site on several machines on loopback: publish, kill, promote, count (two minutes)
	@$(BIN)/python -m tests.cluster

.PHONY: bench
bench: .venv/ready-dev ## How fast it is at three sizes, against a naive twin (SIZES=S, PROFILE=1, DATABASE=postgres)
	@$(if $(filter postgres,$(DATABASE)),.ci/postgres) env SIZES="$(SIZES)" PROFILE="$(PROFILE)" $(BIN)/python -m tests.bench

.PHONY: working-day
working-day: .venv/ready-dev ## Work a day at the editors' desk in a real browser, on a copy of the record (minutes)
	@$(BIN)/python -m tests.working_day

.PHONY: pictures
pictures: .venv/ready-dev ## Take the README's pictures of a site that runs (PORT=8000)
	@$(BIN)/python .ci/shots "http://127.0.0.1:$(PORT)" .pictures

.PHONY: texts
texts: .venv/ready-dev ## Extract interface texts and compile the translations
	@.ci/texts

.PHONY: format
format: .venv/ready-dev ## Format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: requirements
requirements: ## Pin the dependencies of pyproject.toml anew, with hashes
	@.ci/requirements

.PHONY: clean
clean: ## Remove what was made here except the data in var/
	@rm -rf .venv .venv-next .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; $(PYTHON) is older or not there. Another: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/ready: requirements.txt | .venv/bin/python
	@echo "Installing the pinned packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing the pinned packages and the tools of the tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
