# Generated files, format, lint: what a change must pass besides the tests.

PYTHON_SOURCES := $(wildcard setup.py python scripts benchmarks examples/python tests_py)

.PHONY: generate
generate: ## write the generated files anew (they are checked in)
	$(NEED) go
	go generate ./...

.PHONY: generated
generated:
	$(NEED) go
	@scripts/check_generated.sh

.PHONY: check
check: generated lint race py ## what a change must pass: generated files, lint, Go tests with -race, Python tests

.PHONY: fmt
fmt: $(VENV_READY) ## format Go and Python sources
	$(NEED) go
	gofmt -l -w $$(git ls-files '*.go')
	$(VENV_PYTHON) -m ruff format -q $(PYTHON_SOURCES)
	$(VENV_PYTHON) -m ruff check -q --fix $(PYTHON_SOURCES)

.PHONY: vet
vet:
	$(NEED) go cc
	go vet ./...

.PHONY: lint
lint: vet $(VENV_READY) ## gofmt, go vet, staticcheck, ruff, mypy --strict
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not gofmt-ed: $$unformatted"; exit 1; }
	go tool staticcheck ./...
	$(VENV_PYTHON) -m ruff check $(PYTHON_SOURCES)
	$(VENV_PYTHON) -m ruff format -q --check $(PYTHON_SOURCES)
	$(VENV_PYTHON) -m mypy --strict python/ecflow python/pytest_ecflow.py
