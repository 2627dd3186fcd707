# The only vocabulary. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
VERSION := import sys; print("%d.%d" % sys.version_info[:2])
COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs bench requirements format clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 20

# A Python that is older than 3.11, or that lacks venv, is told what to do in one line. A changed requirement is
# installed into the environment there is; another Python gets a new one.
$(READY): requirements/product.txt requirements/dev.txt hatch_build.py src/observatory/formats/text/scan.c
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed as '$(PYTHON)'. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. The one command that brings it: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (once; a minute or two) …"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PIP) --progress-bar on --require-hashes -r requirements/product.txt -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(READY)

setup: $(READY) ## create .venv with everything pinned, for this PYTHON
	@test "$$($(PYTHON) -c '$(VERSION)')" = "$$($(PY) -c '$(VERSION)')" || { \
	  rm -rf $(VENV) && $(MAKE) --no-print-directory $(READY); }

demo: setup ## build the starter release and serve the site with a demo desk on 127.0.0.1:$(PORT)
	@$(VENV)/bin/observatory build --if-needed
	@echo "The Observatory is at http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)"
	@exec $(PY) -m website demo --port $(PORT)

test: setup ## run every test that can run here
	@tests/find_chromium.sh
	@$(PY) -m pytest $(PYTEST)

check: setup ## format, lint, types, contracts, docs tests
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@PYTHONPATH=src $(VENV)/bin/lint-imports
	@$(PY) -m pytest -q tests/house

format: setup ## rewrite the code in house style
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

docs: setup ## write the reference and the README's picture from the code and the release that serves
	@$(VENV)/bin/observatory build --if-needed
	@$(PY) docs/generate.py

bench: setup ## measure against the peers and write docs/benchmarks.md; PART="pages http" for some
	@$(PY) -m bench $(PART)

requirements: ## pin every dependency again, with hashes, for Python 3.11 to 3.13
	@$(COMPILE) --extra website pyproject.toml --output-file requirements/product.txt
	@$(COMPILE) requirements/dev.in --output-file requirements/dev.txt
	@$(COMPILE) requirements/bench.in --output-file requirements/bench.txt

clean: ## remove what was built, keep the archive
	@rm -rf $(VENV) var/releases .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
