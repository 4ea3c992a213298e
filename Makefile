# Developer and operator tasks. Everything that installs is in docker/scripts; everything that runs is `hotline`.
SHELL := /bin/bash
# `su` alone leaves root without the folders of chroot, debootstrap and ldconfig
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin
# our files are UTF-8 whatever the machine's locale says
export PYTHONUTF8 := 1
ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo --preserve-env)
HOTLINE := .venv/bin/hotline

.DEFAULT_GOAL := help
.PHONY: help setup run stop status demo check test bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing (packages, Asterisk, Python packages, web desk)
	@$(ROOT) docker/scripts/bootstrap.sh run

run: ## set up and start everything in the foreground; Ctrl-C ends it
	@$(ROOT) docker/scripts/bootstrap.sh run && $(ROOT) $(HOTLINE) run

stop: ## end every process of this checkout
	@[ ! -x $(HOTLINE) ] || $(ROOT) $(HOTLINE) stop

status: ## which part is up, and what is wrong
	@$(ROOT) $(HOTLINE) status

demo: ## customers, debtors and agents for people without a telephone (beside `make run`)
	@$(ROOT) $(HOTLINE) demo

check: ## lint, types, import rules, desk lint and unit tests
	@docker/scripts/check.sh

test: ## install what the tests need, then every check and every test
	@$(ROOT) docker/scripts/bootstrap.sh test
	@$(ROOT) docker/scripts/check.sh
	@$(ROOT) docker/scripts/run-tests.sh $(TESTS)

bench: ## measured ratios, results as JSON in tests/benchmarks/results
	@$(ROOT) docker/scripts/bootstrap.sh test
	@$(ROOT) docker/scripts/in-private-net.sh .venv/bin/pytest tests/benchmarks -m benchmark

clean: stop ## remove what was built (data in var/ and the Asterisk cache stay)
	rm -rf .venv agent_api/desk/dist agent_api/desk/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
