# Build, test and show ecflow-go. `make help` lists the targets.
#
# Each target asks scripts/need.sh for what it uses; nothing else has to be
# prepared. Python tools live in .venv, pinned by make/requirements.txt.

.DEFAULT_GOAL := help
SHELL         := /bin/bash
.SHELLFLAGS   := -eu -o pipefail -c
MAKEFLAGS     += --no-builtin-rules --warn-undefined-variables
.DELETE_ON_ERROR:

NEED := @scripts/need.sh

include make/env.mk
include make/build.mk
include make/check.mk
include make/test.mk
-include make/interop.mk
-include make/dual.mk
-include make/gopy.mk

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ECFLOW_SERVER ?=

.PHONY: demo
demo: wheel ## the main job: certificates, passwords, a server, a suite run to its end; ECFLOW_SERVER=5.9.2: on the original
	$(NEED) $(if $(ECFLOW_SERVER),server client openssl)
	@$(VENV_PYTHON) scripts/demo.py --wheel "$$(ls dist/ecflow_go-*-abi3-*.whl)"

.PHONY: bench
bench: wheel cli ## measure against the original module, client and server, write docs/benchmarks.md and docs/benchmarks-server.md
	$(NEED) server client module openssl python
	@$(VENV_PYTHON) benchmarks/run.py --wheel "$$(ls dist/ecflow_go-*-abi3-*.whl)" --write docs/benchmarks.md
	@$(MAKE) --no-print-directory bench-server

.PHONY: bench-server
bench-server: ## the server alone: against 5.9.2 and 5.19.0, write docs/benchmarks-server.md
	$(NEED) go server
	@mkdir -p build/bin
	@go build -o build/bin/ecflow_server ./cmd/ecflow_server
	@go build -o build/bin/serverload ./benchmarks/serverload
	@scripts/roots.sh sid
	@build/bin/serverload -original 5.9.2 -original 5.19.0 -server ours=build/bin/ecflow_server -rows all -rounds 5 -write docs/benchmarks-server.md

.PHONY: clean
clean: ## remove everything that make made
	rm -rf build dist .venv *.egg-info python/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis capi/libecflow.h python/ecflow/libecflow.h
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
	find python -name '*.so' -delete
