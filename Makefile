# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check install --constraint constraints.txt
HOST ?= 127.0.0.1
PORT ?= 8000
# processes that run the tests
TEST_WORKERS ?= 2

.PHONY: install run test lint models eval eval-deidentify bench bench-ingest bench-load eval-distinction train-distinction train-search check-corpus vectors schema browser bundle test-bundle clean

install: $(VENV)/.installed

run: install
	@$(BIN)/tamyeez ingest --quiet
	@exec $(BIN)/tamyeez serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev browser
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist worksteal

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml

# sentence-transformers and a CPU build of torch: about 1.2 GB more
models: $(VENV)/.installed-models

# how well the search finds, beside plain baselines and without each lever: printed, and written to
# var/eval/report.html; fails under the recorded floors
eval: $(VENV)/.installed-eval
	@TAMYEEZ_HOME=var/eval $(BIN)/tamyeez ingest --quiet
	@TAMYEEZ_HOME=var/eval $(BIN)/python -m eval.published

# how many planted names a masked judgment still holds, by role and form
eval-deidentify: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.deidentify.measure

# how well offences are told apart, on cases that nothing was trained on
eval-distinction: $(VENV)/.installed
	@$(BIN)/tamyeez ingest --quiet
	@$(BIN)/python -m eval.distinction.measure

# after a change of the cases, phrases or signals; needs torch, and an hour and a half on two cores
train-distinction: $(VENV)/.installed-dev models
	@$(BIN)/python -m eval.distinction.train

# what ranking has learned, anew: the turn of the space, then the weights
train-search: $(VENV)/.installed-dev
	@$(BIN)/tamyeez ingest --quiet
	@$(BIN)/python -m eval.train_adapter
	@$(BIN)/tamyeez reindex
	@$(BIN)/python -m eval.train_ranking
	@$(BIN)/python -m eval.train_abstention

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.bench.main

# laws through many producers, the shared documents, the quality gate
bench-ingest: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.bench.ingest

# twenty people at once, with an ingest beside them: ten minutes each
bench-load: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.bench.load --ingest

check-corpus: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest tests/unit/test_corpus.py tests/unit/test_corpus_is_up_to_date.py tests/unit/test_offences_data.py

# after a change of the collection: embed it anew, so that a fresh machine need not
vectors: $(VENV)/.installed
	@$(BIN)/python -m ingest.vectors

schema: $(VENV)/.installed
	@$(BIN)/python -m ingest.schema_files

# what a machine without a network is installed from: dist/tamyeez-VERSION-MACHINE.tar
bundle: $(VENV)/.installed
	@$(BIN)/python -m deploy.bundling

# the bundle, installed, upgraded and rolled back where there is no network at all: some minutes
test-bundle: $(VENV)/.installed-dev bundle
	@TAMYEEZ_BUNDLE="$$(ls -t dist/*.tar | head -1)" $(BIN)/python -m pytest -rs -s tests/delivery/test_bundle_without_network.py

clean:
	rm -rf $(VENV) var

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Tamyeez needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Tamyeez into $(VENV) (once) …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[dev,eval,models,postgres]'
	@touch $@ $(VENV)/.installed-eval $(VENV)/.installed-models

$(VENV)/.installed-eval: $(VENV)/.installed
	@echo "Installing what the evaluation needs …"
	@$(PIP) --editable '.[eval]'
	@touch $@

$(VENV)/.installed-models: $(VENV)/.installed
	@echo "Installing sentence-transformers …"
	@$(PIP) --editable '.[models]'
	@touch $@

# Chromium, tesseract and PostgreSQL are Debian's; they are installed where this user may do so.
browser:
	@sh tests/system-packages.sh
