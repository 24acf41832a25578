# Vedhold. `make demo` shows it, `make test` checks it; both set everything up from Python 3.11 and make alone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
MO := assets/locale/da/LC_MESSAGES/fieldapp.mo
PHONE := .venv-phone
KILLS ?= 100
CUTS ?= 300
SEEDS ?= 100
SEED ?= 1
NUMBER ?= 2000
SIZES ?= 1 10 100
RUNS ?= 5
# What Flet's own start-up would fetch or ask for, off.
export FLET_WEB_NO_CDN := true

.DEFAULT_GOAL := help
.PHONY: help demo app server test check fast smoke texts shots lock chromium coverage prove-store prove-sync prove-running fuzz \
        bench test-phone-set clean

help: ## the commands, a line each
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: $(MO) ## practice mode in the browser: invented citizens, an embedded server, the PIN printed
	@$(BIN)/python -m fieldapp demo

app: $(MO) ## the same without invented data: an empty server, a code for the first worker
	@$(BIN)/python -m fieldapp app

server: $(MO) ## the central server on this machine (`make server` is a trial; docs in README)
	@$(BIN)/python -m fieldapp server

test: check chromium ## everything that must hold: lint, types, layers, tests, smoke, coverage
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n 2 -m "not browser" --ignore=tests/views
	@$(BIN)/coverage combine -q
	@$(BIN)/pytest -q -m browser --ignore=tests/server
	@$(BIN)/pytest -q -m browser tests/server
	@$(MAKE) -s coverage
	@$(MAKE) -s test-phone-set
	@$(MAKE) -s smoke

check: $(MO) ## format, lint, types and layers
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fast: $(MO) ## the tests without browser and long proofs
	@$(BIN)/pytest -q -n 2 -m "not browser and not proof"

coverage: # at least 90 % of the lines of each of the four packages
	@for part in domain store sync server; do \
	    $(BIN)/coverage report --include="fieldapp/$$part/*" --fail-under=90 --format=total > .coverage-total \
	    && echo "coverage $$part $$(cat .coverage-total) %" \
	    || { echo "coverage $$part $$(cat .coverage-total) %: under 90"; rm -f .coverage-total; exit 1; }; \
	done; rm -f .coverage-total

smoke: $(MO) ## the main job on real input, headless, under 30 s
	@$(BIN)/python -m tests.smoke

shots: $(MO) chromium ## a picture of every screen and of every page of the console in shots/
	@$(BIN)/python -m tests.shots
	@$(BIN)/python -m tests.shots_console

prove-store: $(MO) ## kills, power cuts and tampering on the real store: KILLS=n CUTS=n SEED=s, FUZZ=n hostile files (else none), or FAULT=name
	@$(BIN)/python -m tests.proof --kills $(KILLS) --cuts $(CUTS) --seed $(SEED) $(if $(FUZZ),--fuzz $(FUZZ)) \
	    $(if $(FAULT),--fault $(FAULT))

prove-sync: $(MO) ## random histories over the real client and server: SEEDS=n SEED=s, or FAULT=name to see it fail
	@$(BIN)/python -m tests.sync --seeds $(SEEDS) --seed $(SEED) $(if $(FAULT),--fault $(FAULT))

prove-running: $(MO) ## kill -9 of one of two processes, and a new version beside the old: KILLS=n, FROM=an older commit
	@$(BIN)/python -m tests.sync.kills --kills $(KILLS) --processes 2
	@$(BIN)/python -m tests.server.rolling $(if $(FROM),--from $(FROM))

fuzz: $(MO) ## requests that are almost right at a real server: NUMBER=n SEED=s
	@$(BIN)/python -m tests.server.fuzz --number $(NUMBER) --seed $(SEED)
	@$(BIN)/python -m tests.server.questions --number $(NUMBER) --seed $(SEED)

bench: $(MO) chromium ## the store beside plain SQLite and SQLCipher, the exchange, 2,000 phones, the screens: SIZES="1 10", RUNS=n
	@$(BIN)/python -m tests.benchmarks store --sizes $(SIZES) --runs $(RUNS)
	@$(BIN)/python -m tests.benchmarks sync --runs $(RUNS)
	@$(BIN)/python -m tests.benchmarks load
	@$(BIN)/python -m tests.benchmarks ui --runs $(RUNS)

# The screens run here alone: they are a phone's. The domain does not: it is plain Python.
test-phone-set: $(PHONE)/.ready $(MO) ## the screens and what lies below them, on exactly the versions a phone gets
	@$(PHONE)/bin/pytest -q -n 2 -m "not browser and not proof" --ignore=tests/server --ignore=tests/domain -o cache_dir=$(PHONE)/.cache

texts: $(MO) ## build the Danish texts
$(MO): assets/locale/da/LC_MESSAGES/fieldapp.po $(VENV)/.ready
	@$(BIN)/pybabel -q compile -i $< -o $@

$(VENV)/.ready: build/lock/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(PHONE)/.ready: build/lock/phone.txt $(VENV)/.ready
	@test -x $(PHONE)/bin/python || $(PYTHON) -m venv --without-pip $(PHONE)
	@$(BIN)/uv pip install -q --python $(PHONE)/bin/python --require-hashes -r $<
	@touch $@

chromium: $(VENV)/.ready # an installed one; else Debian's when root; else Playwright's own; else a sentence
	@$(BIN)/python -m tests.chromium

lock: $(VENV)/.ready ## resolve the locked requirement files again
	@for set in "runtime.txt:" "dev.txt:--group dev" "phone.txt:--group dev -c build/mobile-constraints.txt" \
	        "server.txt:--group server -c build/lock/dev.txt"; do \
	    $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
	        pyproject.toml $${set#*:} -o build/lock/$${set%%:*}; done

clean: ## remove what make made
	rm -rf $(VENV) $(PHONE) $(MO) shots .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis
