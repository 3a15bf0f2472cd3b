# Tests. Everything here keeps to the loopback interface.

FUZZTIME ?= 10s

.PHONY: test
test: vet systems generated unit py interop demo ## all tests: Go, Python, generated files in sync, the real 5.9.2 server, the demo

.PHONY: unit
unit: build/lib.ready
	$(NEED) openssl
	@scripts/go_test.sh ./...

.PHONY: race
race: build/lib.ready ## Go tests under the race detector
	$(NEED) openssl
	@scripts/go_test.sh -race ./...

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (10s); crashers stay in testdata/fuzz
	$(NEED) go
	@scripts/fuzz.sh $(FUZZTIME)

.PHONY: py
py: build/lib.ready build/bin/ecflow ## Python tests against the library and the program just built
	$(NEED) openssl cxx
	ECFLOW_PROGRAM=build/bin/ecflow PYTHONPATH=python $(VENV_PYTHON) -m pytest tests_py --ignore=tests_py/interop --ignore=tests_py/differential --ignore=tests_py/gopy

.PHONY: golden
golden: $(VENV_READY) ## record the golden conversations anew into build/golden, and say what changed
	$(NEED) server client
	@$(VENV_PYTHON) scripts/golden.py
