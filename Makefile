# Everything from nothing: `make run`, `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
STACK_PORT ?= 18400
VENV := .venv
BIN := $(VENV)/bin
VAR := var
PYTEST_ARGS ?=
# What `python -m bench.run --help` lists.
BENCH_ARGS ?=
# Which drills run; all of them unless named.
DRILLS ?=
# How long `make fuzz` looks for what breaks.
MINUTES ?= 10
# How many tests run at once; those with a browser wait more than they work.
WORKERS ?= 3

.DEFAULT_GOAL := help
# A stamp or key that was only half written must not count as there.
.DELETE_ON_ERROR:
.PHONY: help run stack dev test test-pythons fuzz check format guide lock bench ratios drill sbom clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A stamp for each set of dependencies: installed anew only when the lock file changes. The lock
# files are complete, and the pip of Python 3.11 cannot resolve lxml[html_clean] named twice.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Pildam needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }

$(VENV)/.site: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what development needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.site

$(VENV)/.drill: requirements-drill.txt $(VENV)/.development
	@echo "Installing what drills need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-drill.txt
	@touch $@

# The demo runs as production does (DEBUG=false), on loopback, with a key of its own.

$(VAR)/demo-key:
	@mkdir -p $(VAR)
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

DEMO = DEBUG=false SECRET_KEY="$$(cat $(VAR)/demo-key)" ALLOWED_HOSTS=127.0.0.1,localhost \
	SITE_URL=http://127.0.0.1:$(PORT)

run: $(VENV)/.site $(VAR)/demo-key ## Run the site on http://127.0.0.1:8000 (PORT=9000 for another port)
	@$(DEMO) $(BIN)/python manage.py migrate --verbosity 0
	@$(DEMO) $(BIN)/python manage.py prepare_demo --credentials $(VAR)/demo-account.txt
	@$(DEMO) $(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@echo "Pildam is on http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@$(DEMO) sh -c '$(BIN)/python manage.py send_mail_queue --watch 10 & workers=$$!; \
		$(BIN)/python manage.py send_newsletter --watch 10 & workers="$$workers $$!"; \
		$(BIN)/python manage.py make_renditions --watch 10 & workers="$$workers $$!"; \
		$(BIN)/python manage.py rebuild_search --stale --watch 10 & workers="$$workers $$!"; \
		trap "kill $$workers 2>/dev/null" EXIT INT TERM; \
		$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) \
			--workers 1 --threads 8 --log-level warning'

dev: $(VENV)/.development ## Run the development server, with DEBUG and reloading
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

stack: $(VENV)/.site ## Run nginx, two instances, PostgreSQL, Redis and workers (STACK_PORT=18400 and the nine after it)
	@$(BIN)/python -m tests.stack --port $(STACK_PORT)

test: $(VENV)/.development ## Run the whole suite, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)
	@$(BIN)/python -m pytest --postgresql -n $(WORKERS) $(PYTEST_ARGS)

test-pythons: ## Run the suite on SQLite with every supported Python that is here (PYTHONS="3.13" for some)
	@PYTHONS="$(PYTHONS)" .ci/test-pythons -n $(WORKERS) $(PYTEST_ARGS)

# Every round tries other examples, and first those that have failed before (var/hypothesis/).
fuzz: $(VENV)/.development ## Try ever new inputs for MINUTES=10 (PYTEST_ARGS=tests/fuzz/test_rendering.py for some)
	@end=$$(( $$(date +%s) + 60 * $(MINUTES) )); while [ $$(date +%s) -lt $$end ]; do \
		$(BIN)/python -m pytest --hypothesis-profile=fuzz -n $(WORKERS) $(or $(PYTEST_ARGS),tests/fuzz) \
			|| exit 1; done

check: $(VENV)/.development ## Lint, formatting, types, templates, import rules, migrations, deploy checks, audit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --check --lint
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	ENV_FILE= $(BIN)/python manage.py makemigrations --check --dry-run
	ENV_FILE= DEBUG=false SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		ALLOWED_HOSTS=pildam.example SITE_URL=https://pildam.example TRUSTED_PROXIES=1 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python .ci/audit

format: $(VENV)/.development ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet

bench: $(VENV)/.development ## Measure beside nginx, a bare function and a bare view (BENCH_ARGS=--quick)
	@$(BIN)/python -m bench.run $(BENCH_ARGS)

ratios: $(VENV)/.development ## Measure single parts as they grow, as ratios within one run
	@$(BIN)/python -m pytest -s -o python_functions='bench_*' $(PYTEST_ARGS) tests/benchmarks.py

drill: $(VENV)/.drill ## Take things away from running sites: many minutes (DRILLS="kill_imports move_site", or --list)
	@$(BIN)/python -m tests.faults.drills $(DRILLS)

guide: $(VENV)/.development ## Take the pictures of the editors' guide again
	@$(BIN)/python docs/editors/make_screenshots.py

COMPILE = $(BIN)/pip-compile --quiet --strip-extras --no-annotate --no-emit-index-url --no-emit-find-links \
	--no-header --generate-hashes

lock: $(VENV)/.development ## Write the lock files anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet pip-tools
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	@$(COMPILE) --extra drill --constraint requirements-dev.txt --output-file requirements-drill.txt pyproject.toml

sbom: $(VENV)/.development ## Write down what the site is made of, as CycloneDX (var/sbom.json)
	@mkdir -p $(VAR)
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-file $(VAR)/sbom.json requirements.txt

clean: ## Remove the virtual environment and caches; data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
