# `make run` to see Velvalgt, `make test` to check it. Everything lands in this folder:
# packages in .venv, the design system in an ignored static folder, data in .velvalgt.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
BOOT := $(VENV)/bootstrap
ASSETS := src/velvalgt/web/assets
FRONT := src/velvalgt/web/static/vendor/built.json
TEXTS := $(shell find src -name '*.po')
PORT ?= 8000
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
OTHER_PG := $(firstword $(PG_BIN) $(wildcard /usr/lib/postgresql/*/bin))
# As many processes as the machine has processors, each with a database of its own.
BESIDE := -n auto --dist loadfile --no-loadscope-reorder

.NOTPARALLEL:
.PHONY: help run test test-all setup lint test-other-postgres chromium

help:
	@echo "make run      set up and start Velvalgt with made-up citizens (PORT=8000)"
	@echo "make test     set up and run every check"
	@echo "make test-all run each browser test in both languages on both widths"
	@echo "make setup    only set up; then .venv/bin/velvalgt --help"

setup: $(VENV)/run.stamp $(FRONT)

run: setup
	@VELVALGT_ENV="$${VELVALGT_ENV:-demo}" $(BIN)/velvalgt serve --port $(PORT)

test: lint chromium test-other-postgres
	@for name in "$$CHROMIUM" $(BROWSERS); do \
		CHROMIUM=$$(command -v "$$name") && break; \
	done; \
	export CHROMIUM; echo "$(BIN)/pytest, with $$CHROMIUM"; exec $(BIN)/pytest $(BESIDE)

test-all:
	@VELVALGT_TEST_ALL=1 $(MAKE) -s test

lint: $(VENV)/dev.stamp $(FRONT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	VELVALGT_ENV=test VELVALGT_HOME=$(CURDIR)/build/test $(BIN)/mypy
	$(BIN)/djlint --lint --quiet src

test-other-postgres: $(VENV)/dev.stamp $(FRONT)
ifeq ($(OTHER_PG),)
	@echo "No PostgreSQL of the system found, so its part is left out; PG_BIN names one."
else
	VELVALGT_TEST_PG_BIN=$(OTHER_PG) $(BIN)/pytest $(BESIDE) tests/apps --ignore-glob='*/test_demo*'
endif

chromium:
	@for name in "$$CHROMIUM" $(BROWSERS); do \
		command -v "$$name" >/dev/null 2>&1 && exit 0; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq && apt-get install -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "Chromium is missing: the browser tests need it. Install chromium or"; \
		echo "google-chrome, or set CHROMIUM to its program."; exit 1; \
	fi

# A second `make run` skips each step whose stamp is newer than what it is made of.

$(FRONT): $(ASSETS)/package-lock.json src/velvalgt/site/server/assets.py $(TEXTS) | $(VENV)/run.stamp
	@$(BIN)/velvalgt build && touch $@

$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(BOOT)/done.stamp
	@wanted=run; test ! -e $(VENV)/dev.stamp || wanted=dev; $(MAKE) -s sync WANTED=$$wanted
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt requirements/run.txt pyproject.toml $(BOOT)/done.stamp
	@$(MAKE) -s sync WANTED=dev
	@touch $@ $(VENV)/run.stamp

.PHONY: sync
sync:
	@echo "Installing the packages of requirements/$(WANTED).txt ..."
	@if [ -x $(BOOT)/bin/uv ]; then \
		export PYTHONPATH=$(CURDIR)/$(BOOT) VIRTUAL_ENV=$(CURDIR)/$(VENV); \
		$(BOOT)/bin/uv pip sync -q --compile-bytecode --require-hashes requirements/$(WANTED).txt && \
		$(BOOT)/bin/uv pip install -q --no-deps --no-build-isolation -e .; \
	else \
		$(BIN)/python -m pip install -q --require-hashes -r requirements/$(WANTED).txt && \
		$(BIN)/python -m pip install -q --no-deps -e .; \
	fi
	@$(BIN)/python -m compileall -q src  # where the environment keeps Python from doing it

# uv and the build tool lie apart from the packages, so that a sync does not remove them.
$(BOOT)/done.stamp: requirements/bootstrap.txt
	@command -v npm >/dev/null || { \
		echo "npm is missing: it fetches the design system. Install Node.js 18 or newer"; \
		echo "(Debian: apt-get install npm)."; exit 1; }
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	test -n "$$python" || { echo "Python 3.11 or newer is missing; PYTHON names one."; exit 1; }; \
	$$python -c 'import ensurepip' 2>/dev/null || { \
		echo "$$python cannot make virtual environments (Debian: apt-get install python3-venv)."; \
		exit 1; }; \
	echo "Making .venv with $$($$python --version) ..."; \
	$$python -m venv $(VENV)
	@rm -rf $(BOOT)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes \
		--target $(BOOT) -r requirements/bootstrap.txt || \
		{ echo "uv cannot be had here; pip does it, slower."; mkdir -p $(BOOT); }
	@touch $@
