# Everything starts here: `make demo` cleans a damaged sample, `make test` runs every test.
# Both install what is missing first, and cost seconds where nothing changed.

SHELL := /bin/bash
VENV := .venv
PYTHON := $(VENV)/bin/python
VNOCR := $(VENV)/bin/vnocr
# The development data of `make bench`; without it the samples are measured.
VNOCR_DEV_DATA ?=
# Texts without a truth, whose changes are counted.
VNOCR_DOCUMENTS ?=
# The texts that dictionaries are built from, as `make corpora FROM=DIR` lays them.
CORPORA ?= build/corpora
PYTEST_ARGS ?=
# `make reader`: texts and checkpoints, minutes of a run, where PyTorch trains, processes that print beside it, and more
# (READER_ARGS="--size small --measure DIR"). READER_PYTHON may name a Python that has PyTorch and the package.
FROM ?=
OUT ?= build/reader/run
MINUTES ?= 9
DEVICE ?= cpu
WORKERS ?= 1
READER_ARGS ?=
READER_PYTHON ?= build/reader/venv/bin/python
# CHECK=1: `make bench` fails where a must is missed.
CHECK ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench tune docs corpora dictionaries reader reader-test wheels lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.programs $(VENV)/.packages ## install what is missing, clean a damaged sample, show before and after
	@$(PYTHON) scripts/demo.py

test: $(VENV)/.programs-tests $(VENV)/.packages ## install what is missing, run every test (FORCE=1: even if nothing changed)
	@state=$$(bash scripts/tree-state.sh $(PYTHON)); \
	if [ -z "$(FORCE)$(PYTEST_ARGS)" ] && [ "$$state" = "$$(cat $(VENV)/.tested 2>/dev/null)" ]; then \
	  tail -n 1 $(VENV)/.tested-result; \
	  echo "Nothing changed since the tests passed. Run them all the same: make test FORCE=1"; \
	else \
	  rm -f $(VENV)/.tested; set -o pipefail; \
	  OMP_THREAD_LIMIT=1 $(PYTHON) -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS) 2>&1 | tee $(VENV)/.tested-result \
	    && { [ -n "$(PYTEST_ARGS)" ] || echo "$$state" > $(VENV)/.tested; }; \
	fi

check: $(VENV)/.packages ## ruff, ruff format, mypy strict
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy src tests samples scripts tools

format: $(VENV)/.packages ## let ruff fix what it can
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.programs $(VENV)/.packages ## measure, write the tables of docs/ (CHECK=1: fail where a must is missed)
	VNOCR_DEV_DATA="$(VNOCR_DEV_DATA)" VNOCR_DOCUMENTS="$(VNOCR_DOCUMENTS)" $(PYTHON) -m tools.bench.main $(if $(CHECK),--check) $(BENCH_ARGS)

tune: $(VENV)/.programs $(VENV)/.packages ## report what tuned numbers are worth (TUNE_ARGS="--room repair --only rounds.weight")
	VNOCR_DEV_DATA="$(VNOCR_DEV_DATA)" $(PYTHON) -m tools.tune.main $(or $(TUNE_ARGS),--room repair)

docs: $(VENV)/.packages ## regenerate the generated pages of docs/
	$(PYTHON) scripts/make_docs.py

corpora: $(VENV)/.packages ## check the texts of FROM=DIR against sources.lock and prepare them
	$(PYTHON) -m tools.dictionaries.sources "$(FROM)"

dictionaries: $(VENV)/.programs-tests $(VENV)/.packages ## rebuild dictionaries/ from the texts of `make corpora`
	$(PYTHON) -m tools.dictionaries.rebuild "$(CORPORA)" $(REBUILD_ARGS)

reader: $(READER_PYTHON) ## train our own reader for MINUTES=9 on FROM=DIR, going on in OUT=DIR (DEVICE=cuda WORKERS=15)
	$(READER_PYTHON) -m tools.reader.main "$(or $(FROM),$(CORPORA)/corpora)" "$(OUT)" --minutes $(MINUTES) --device $(DEVICE) --workers $(WORKERS) $(READER_ARGS)

reader-test: $(READER_PYTHON) ## train a tiny reader until it reads its own lines (minutes; needs PyTorch, as `make reader` does)
	OMP_NUM_THREADS=1 $(READER_PYTHON) -m pytest -q -s -c /dev/null --rootdir . -o pythonpath=. -p no:cacheprovider --import-mode=importlib tools/reader/check_training.py

build/reader/venv/bin/python: scripts/reader-venv.sh
	@bash scripts/reader-venv.sh build/reader/venv

wheels: $(VENV)/.programs $(VENV)/.packages ## build what a release uploads into dist/, install it and try it
	$(PYTHON) -m pip install -qq --disable-pip-version-check -r scripts/release-packages.txt
	$(PYTHON) scripts/build_wheels.py

lock: ## choose the newest development packages and pin them
	bash scripts/lock.sh

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) build dist src/vnreport_ocr/native/native.so .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Stamps live inside the environment: they go when it goes.
$(VENV)/.packages: pyproject.toml requirements-dev.lock scripts/venv.sh scripts/find-python.sh scripts/build_native.py $(wildcard src/vnreport_ocr/native/*.[ch])
	@bash scripts/venv.sh $(VENV)
	@touch $@

$(VENV)/.programs: scripts/system-packages.sh | $(VENV)/.packages
	@bash scripts/system-packages.sh
	@touch $@

$(VENV)/.programs-tests: scripts/system-packages.sh | $(VENV)/.packages
	@bash scripts/system-packages.sh --tests
	@touch $@
