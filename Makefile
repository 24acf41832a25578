# Vedhold. `make demo` shows it, `make test` checks it; both set everything up from Python 3.11 and make alone.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
MO := assets/locale/da/LC_MESSAGES/fieldapp.mo

.DEFAULT_GOAL := help
.PHONY: help demo app server test check smoke texts shots lock bench

help: ## the commands, a line each
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

texts: $(MO) ## build the Danish texts
$(MO): assets/locale/da/LC_MESSAGES/fieldapp.po | $(VENV)/.ready
	@$(BIN)/pybabel -q compile -d assets/locale -D fieldapp -l da

$(VENV)/.ready: build/lock/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $<
	@touch $@
