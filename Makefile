# Needs Python >= 3.11 (venv and pip), git and make; everything else it sets up itself.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9

.PHONY: demo test check bench chaos fuzz lint docs texts audit coverage clean

demo: .venv/ready
	@$(BIN)/belay demo

# One more than the usual two processors, because tests also wait. What is made once for several tests,
# tests/conftest.py keeps in one of them.
WORKERS ?= 3
# `make test PAIRS=all` takes every test through both doors and on both databases; without, listeners go by turns.
# The processes that tests start read compiled modules, also where Python is told to write none beside its sources.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/bytecode $(BIN)/pytest -n $(WORKERS) --dist loadgroup $(if $(PAIRS),--pairs=$(PAIRS))

test: .venv/ready
	@$(PYTEST)

check: .venv/ready lint docs
	@$(PYTEST)

lint: .venv/ready .venv/scanned
	@$(BIN)/uv lock --quiet --check --offline
	@$(BIN)/uv sync --quiet --frozen --inexact --group dev --check --offline
	@$(BIN)/uv pip check --quiet
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The documentation as a site, in .venv/site: a link or a page that is not there is a mistake.
docs: .venv/ready
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# After a text was added or changed: what is new stands empty in each catalogue, until somebody translates it.
TEXTS := .venv/texts.pot
texts: .venv/ready
	@$(BIN)/pybabel -q extract -k N_ --add-location=file --sort-output --project Belay --version 1 -o $(TEXTS) handlers models
	@for catalogue in models/base/catalogues/*.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120 \
	  -i $(TEXTS) -l $$(basename $$catalogue .po) -o $$catalogue; done

# A token that opens nothing says so: "pragma: allowlist secret". Without --no-verify the scan would show Slack what it found.
SCAN := detect-secrets-hook --no-verify -p tests/detectors.py --exclude-lines '://user:password@' --exclude-secrets '^(a signing )?secret$$'
SCANNED := $(filter-out uv.lock,$(wildcard $(shell git ls-files)))

# A whole scan takes a quarter of a minute: what has not changed since it last passed is not read again.
.venv/scanned: .venv/ready $(SCANNED)
	@$(BIN)/$(SCAN) $(filter-out .venv/ready,$?)
	@touch $@

# Advisories are looked up at osv.dev: by hand, because the answer changes from day to day, and `make check` needs no network.
audit: .venv/ready
	@$(BIN)/uv audit --frozen

# By hand: counting lines takes half as much time again. `make coverage TESTS=tests/models` counts what those alone reach.
coverage: .venv/ready
	@$(PYTEST) --cov --cov-report=term-missing $(TESTS)

bench: .venv/ready
	@$(BIN)/uv sync --quiet --frozen --inexact --group dev --group bench
	@$(BIN)/python -m tests.bench

chaos: .venv/ready
	@$(BIN)/python -m tests.chaos

fuzz: .venv/ready
	@FUZZ=20000 $(BIN)/pytest -q tests/handlers/slack/test_fuzzing.py

clean:
	rm -rf .venv

.venv/ready: pyproject.toml uv.lock
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --quiet --frozen --inexact --group dev
	@touch $@
