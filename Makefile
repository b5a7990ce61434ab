# Every command of the project. `make` alone tells them.
.DEFAULT_GOAL := help
.PHONY: help install demo test check bench soak assets picture lock clean
SHELL := /bin/bash
BIN := .venv/bin

help: ## tell what can be made
	@echo "Dân Vận Số"; grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12 | sed 's/^/  make /'

install: ## put everything the product needs into .venv and build its assets
	@bash scripts/install.sh

demo: install ## build the demonstration province and serve it on http://127.0.0.1:8000 (PORT=8000 STAGE=year-end)
	@DANVAN_HOME=$${DANVAN_HOME:-$(CURDIR)/.demo} DANVAN_TODAY=$${DANVAN_TODAY:-2026-12-31} \
	  DANVAN_TOP_UNIT=$${DANVAN_TOP_UNIT-40} DANVAN_SECOND_FACTOR=$${DANVAN_SECOND_FACTOR:-offered} \
	  DANVAN_LOG_FORMAT=$${DANVAN_LOG_FORMAT:-text} DANVAN_LOG_LEVEL=$${DANVAN_LOG_LEVEL:-warning} \
	  $(BIN)/danvan demo $(if $(STAGE),--stage=$(STAGE)) $(if $(PORT),--port=$(PORT))

test: ## set up and run everything CI runs, on SQLite and on a PostgreSQL of its own (PYTEST="-k words" narrows)
	@bash scripts/test.sh all

check: ## lint, types, import contracts, migrations: the quick part of `make test`
	@bash scripts/test.sh check

bench: ## run one benchmark: make bench NAME=reporting [ON=postgresql] [SMALL=1] (no NAME tells which there are)
	@bash scripts/bench.sh $(NAME)

soak: ## run the property tests with thousands of examples (minutes to an hour)
	@bash scripts/test.sh soak

assets: install ## build styles, script, fonts and icons again if their sources changed

picture: ## take the picture in README.md from the demonstration
	@bash scripts/install.sh test >/dev/null
	@$(BIN)/python scripts/picture.py

lock: ## write the hashed locks again from pyproject.toml and package.json (UPGRADE=1 takes newer versions)
	@bash scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove what was built and installed; data in .home and .demo stays
	rm -rf .venv node_modules src/danvan/foundation/static/dist .bench .test screenshots dist .mypy_cache .ruff_cache .pytest_cache .coverage
