# Two commands on a fresh machine: `make report` and `make test`. Each sets up .venv by itself, and only when needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready

PROFILES := $(sort $(wildcard profiles/*.toml))

.PHONY: backtest constants report dalarna test lint bench validity handbook-pictures lab example lock clean

report: $(READY)
	$(BIN)/lagesbild batch $(PROFILES) --workers 2

# Twelve real kommuner from two files that are no part of the project, copied from the folder beside it.
LAGESBILD_SHARED ?= ../shared
dalarna: $(READY)
	cp $(LAGESBILD_SHARED)/data/dalarna/bra_kommunindikatorer.csv $(LAGESBILD_SHARED)/data/dalarna/befolkning_deso_*.csv data/raw/dalarna/
	$(BIN)/lagesbild batch $(sort $(wildcard profiles/dalarna/*.toml)) --workers 2

# A file's tests stay on one worker, and the files keep their order: the long ones, whole runs and browsers, come first.
test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Some thirty times as many mutated files as `make test` reads, per source.
fuzz: $(READY)
	LAGESBILD_FUZZ=2000 $(BIN)/python -m pytest -n 2 tests/property/test_mutated_files.py \
		tests/property/test_mutated_folders.py tests/property/test_mutated_police_extracts.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks

# Invented kommuner whose truth is known, put through the product: writes docs/validity.md and its pictures. Three quarters of
# an hour on two cores.
validity: $(READY)
	$(BIN)/python -m benchmarks.validity

# Next year's forecast against real counts, from the folder beside the project; writes docs/forecast.md.
backtest: $(READY)
	LAGESBILD_SHARED=$(LAGESBILD_SHARED) $(BIN)/python -m benchmarks.forecast

# What the same real counts say of the numbers every run rests on; they are carried into taxonomy/constants.csv by hand.
constants: $(READY)
	LAGESBILD_SHARED=$(LAGESBILD_SHARED) $(BIN)/python -m benchmarks.constants

# The pictures of docs/handbok.md, from a finished run of Exempelby. Needs pdftoppm and chromium.
handbook-pictures: $(READY)
	$(BIN)/lagesbild run profiles/exempelby.toml
	$(BIN)/python -m benchmarks.handbook reports/exempelby-2025

lab: $(READY)
	$(BIN)/jupyter lab notebooks

# The fictional kommun's files, byte for byte as they are committed.
example: $(READY)
	$(BIN)/python -m lagesbild.example

# Newer versions of everything: needs uv. The lock names no index and holds the hashes of every platform's files.
lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --upgrade -o requirements.lock

clean:
	rm -rf $(VENV) build dist reports/*-[0-9][0-9][0-9][0-9] data/processed/*-[0-9][0-9][0-9][0-9]
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# Everything is pinned and checked by hash. The lock is complete, so nothing is left to resolve (--no-deps): where pip resolves, it
# takes the newest release of a package asked for with an extra (coverage[toml]) and then finds no hash for it. The package itself
# is built with what the lock installed, without the network.
$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)
