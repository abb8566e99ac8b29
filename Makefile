# The two commands of the README: `make run` and `make test`; each does all the set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

# FILES=<folder> reads your own folder into an archive of its own, instead of the samples.
ifdef FILES
ARCHIVE ?= var/archive
else
FILES := samples/files
ARCHIVE ?= var/samples
NOTICE := --notice "这里收录的是示例数据：机构为虚构，数字仅供演示。"
endif

.PHONY: run test coverage setup samples check clean

run: $(VENV)/.runtime
	$(BIN)/python app.py --archive "$(ARCHIVE)" start "$(FILES)" --host $(HOST) --port $(PORT) $(NOTICE)

setup: $(VENV)/.runtime

test: $(VENV)/.development check
	@sh .ci/browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

coverage: $(VENV)/.development
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered $(TESTS)

check: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

samples: $(VENV)/.development
	$(BIN)/python -m samples.make

clean:
	rm -rf var ci-output .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Mingxi needs Python 3.11 or newer: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Install the venv module first: sudo apt-get install -y python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
