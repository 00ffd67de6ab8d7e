# Needs Python >= 3.11 (venv and pip), git and make; everything else it sets up itself.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9

.PHONY: demo test check bench chaos fuzz lint clean

demo: .venv/ready
	@$(BIN)/belay demo

# One more than the usual two processors, because tests also wait. What is made once for several tests,
# tests/conftest.py keeps in one of them.
WORKERS ?= 3
# The processes that tests start read compiled modules, also where Python is told to write none beside its sources.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/bytecode $(BIN)/pytest -n $(WORKERS) --dist loadgroup

test: .venv/ready
	@$(PYTEST)

check: .venv/ready lint
	@$(PYTEST)

lint: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

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
