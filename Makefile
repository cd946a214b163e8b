# Bản Tin. Needs Python 3.11 or newer, make and git; every target sets up what it needs by itself.
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help up demo install test test-fast lint fmt types bench fuzz relevance quality soak reliability golden isolation licences audit lock clean dev

help: ## Say what can be made
	@echo 'make up      is the one to begin with. Settings come from the environment: BANTIN_PORT=9000 make up'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: install ## Run the whole platform here, with the seed pages in it; Ctrl-C stops it
	@exec $(BIN)/bantin up --seeds seeds

demo: install ## Put the seed pages in, search them, show one file's trace, and stop
	@exec $(BIN)/bantin demo seeds

install: ## Put the commands into .venv/bin
	@scripts/setup.sh

dev:
	@scripts/setup.sh dev

test: lint ## Check everything: style, types, imports, and every test on real engines
	@$(BIN)/pytest

test-fast: dev ## Run the tests that need no Kafka and no Elasticsearch
	@$(BIN)/pytest -m 'not kafka and not elasticsearch'

lint: dev types ## Check style, types and who imports whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo

types: dev ## Check the types
	@$(BIN)/pyright

fmt: dev ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

bench: dev ## Measure extraction, the whole pipeline, a reindex, and how long readers wait; compare runs on one machine only
	@$(BIN)/python -m bench.extraction
	@$(BIN)/python -m bench.pipeline
	@$(BIN)/python -m bench.latency
	@$(BIN)/python -m bench.reindex

relevance: dev ## Measure how well searches rank, on both engines beside the `standard` analyzer, and write docs/relevance.md
	@$(BIN)/python -m bench.relevance

fuzz: dev ## Look for inputs that break what reads files and queries: SECONDS=60 for each reader, atheris if installed
	@$(BIN)/python -m tests.fuzzing --seconds $(or $(SECONDS),60)

quality: dev ## Measure how well articles are read, and write the figures into docs/
	@$(BIN)/python -m quality

soak: dev ## Break the running platform in every way there is, for MINUTES (30) in each shape, and count what is lost
	@$(BIN)/python -m chaos --minutes $(or $(MINUTES),30)

reliability: dev ## Measure what docs/reliability.md says, and write its tables: faults, hostile inputs, memory, rebuilds
	@$(BIN)/python -m chaos --seed 5 --write
	@$(BIN)/python -m tests.hostile --write
	@$(BIN)/python -m bench.backlog --write
	@$(BIN)/python -m bench.reindex --write

golden: dev ## Write golden files, schemas and generated documents anew; then read the diff
	@$(BIN)/pytest -q --update-golden tests/shared
	@$(BIN)/python -m bantin.asyncapi
	@$(BIN)/python -m bantin_standalone.openapi

isolation: dev ## Prove that each service installs and imports alone
	@$(BIN)/python scripts/check_isolation.py

audit: dev ## Look up known vulnerabilities of what ships, and write its bill of materials into dist/
	@$(BIN)/python scripts/audit.py

licences: dev ## Check that everything the platform runs on is permissively licensed
	@$(BIN)/python scripts/check_licences.py

lock: dev ## Write the hash-locked requirements again, from the pyproject files
	@scripts/lock.sh

clean: ## Remove what was made here; the platform's data stays
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist
	find shared services tests scripts bench quality -name __pycache__ -type d -prune -exec rm -rf {} +
