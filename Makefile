# `make run` and `make test` need only Python 3.11 or newer; the rest is set up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := .venv-bench

.PHONY: run test lint types pytest bench generate lock clean

run: $(VENV)/.run
	@$(BIN)/python examples/first_run.py

test: lint types pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

pytest: $(VENV)/.dev
	$(BIN)/python -m pytest

# The other tools stand in an environment of their own; what does not install is reported, and the rest goes on.
bench: $(VENV)/.dev
	-@$(MAKE) --no-print-directory $(BENCH)/.ready
	$(BIN)/python -m benchmarks

generate: $(VENV)/.dev
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/transcripts.py

# Locks are made for every platform at once and checked by hash at install; needs `uv`.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml lock/build.in --output-file lock/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml lock/build.in --group dev --output-file lock/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  lock/bench.in --output-file lock/bench.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("ryoshiki needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python lock/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run lock/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/dev.txt
	@touch $@

$(BENCH)/.ready: lock/bench.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/bench.txt
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH) .mypy_cache .pytest_cache .ruff_cache .hypothesis
