# Everything a newcomer needs is two words: `make run` and `make test`.
.DEFAULT_GOAL := help
UV_VERSION := 0.13.8
PYTHON ?= python3
# Debian keeps the certificates that pip trusts; uv is to trust the same.
export UV_SYSTEM_CERTS := 1
# Some machines tell Python not to keep what it has compiled; then every process that a test starts compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE
UV := .tools/bin/uv
BIN := .venv/bin
STAMP := .venv/.ready-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)
PO := $(shell find dialog -name '*.po')
MO := $(PO:.po=.mo)

.PHONY: help run test setup setup-dev browser lint types walls check format lock messages bench attack pictures clean

help:
	@echo "make run     set up and start Dialog on http://localhost:8000 (DIALOG_DEMO=0: start empty)"
	@echo "make test    set up and run lint, types, import walls and all tests"
	@echo "make bench   measure the figures in docs/benchmarks.md"
	@echo "make attack  the long attack runs"
	@echo "More in CONTRIBUTING.md."

$(UV):
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
	    --target .tools "uv==$(UV_VERSION)" 2>&1 | grep -v '^WARNING' || true
	@test -x $(UV) || { echo "Could not install uv with pip; see the message above."; exit 1; }

# The lock files hold versions and hashes; pip's own settings decide where packages come from.
$(STAMP): $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --no-python-downloads --python $(PYTHON) .venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation-package nothing -e .
	@rm -f .venv/.ready-*
	@touch $@

%.mo: %.po | $(STAMP)
	@$(BIN)/pybabel --quiet compile -i $< -o $@ 2>/dev/null

setup: $(STAMP) $(MO)
setup-dev: setup

run: setup
	@DIALOG_DEMO=$${DIALOG_DEMO:-1} exec $(BIN)/dialog run

browser: setup
	@tools/browser

test: setup browser lint types walls
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

check: lint types walls

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

walls: $(STAMP)
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# New versions of everything; --no-emit-index-url keeps the places they come from out of the files.
lock: $(UV)
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt

bench: setup
	$(BIN)/python -m tests.bench

# Twenty runs on each database; writes docs/anonymity-report.md.
attack: setup
	DIALOG_KILLING_RUNS=3 $(BIN)/pytest -q tests/attacks
	DIALOG_TREES=200 $(BIN)/pytest -q tests/protecting
	$(BIN)/python -m tests.attacks.room --keep build/attacks-$$(git rev-parse --short HEAD)/room
	$(BIN)/python -m tests.attacks --keep build/attacks-$$(git rev-parse --short HEAD)

# The README's pictures, of the demo as it is now.
pictures: setup browser
	$(BIN)/python -m tests.pictures

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis build

# Collects the words to translate, feature by feature, into their English catalogues.
messages: $(STAMP)
	@for folder in dialog/*/translations; do \
	  feature=$$(dirname $$folder); \
	  $(BIN)/pybabel --quiet extract -k lazy_gettext -k _l --no-location --sort-output -F babel.cfg -o build.pot $$feature; \
	  $(BIN)/pybabel --quiet update --no-fuzzy-matching --no-wrap --ignore-pot-creation-date -i build.pot -d $$folder -l en; \
	  sed -i -E '/^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By): /d' $$folder/en/LC_MESSAGES/messages.po; \
	done; rm -f build.pot
