# Fodfæste. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup build run test lint format bench soak screenshots examples clean

PORT ?= 8080
DATABASE ?= var/fodfaeste.sqlite
SWIFT_SOURCES := Package.swift Sources Tests

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what building and running need (system packages, only the missing ones)
	@scripts/setup.sh runtime

build: setup ## Build the program (release)
	@scripts/build.sh

run: build ## Build, fill a synthetic Herlev when there is no database, and serve it (PORT=8080)
	@exec .build/release/fodfaeste demo --port $(PORT) --database $(DATABASE)

test: ## Install what the tests need and run them all, as continuous integration does
	@scripts/test.sh

lint: ## Check formatting, forbidden constructs and the spelling of the Danish texts
	@scripts/setup.sh test
	@scripts/lint.sh

format: ## Format the Swift sources in place
	@swift format --in-place --recursive $(SWIFT_SOURCES)

bench: build ## Measure, beside the peers, on this machine
	@scripts/setup.sh test
	@bench/run.sh

soak: build ## Serve the full-size municipality under load for SOAK_MINUTES (10), and kill it midway
	@scripts/setup.sh test
	@FODFAESTE_SOAK=1 swift test --filter '[Ss]oak'
	@.venv/bin/python scripts/soak.py

screenshots: build ## Take the pictures in docs/images from the full-size municipality
	@scripts/setup.sh test
	@SCREENSHOTS=1 FODFAESTE_BINARY=.build/release/fodfaeste FODFAESTE_POPULATION=29000 \
		.venv/bin/python -m pytest Tests/Browser/test_pictures.py

examples: build ## Make the packs in docs/examples from the full-size Herlev and Hillerød
	@scripts/setup.sh test
	@.venv/bin/python scripts/examples.py

clean: ## Remove what was built; the database in var/ stays
	@rm -rf .build .venv
