# From sources to the library and the wheel.

LIBRARY   := python/ecflow/libecflow.so
GO_INPUTS := go.mod go.sum $(shell find capi client defs fault internal server -name '*.go' -not -name '*_test.go' 2>/dev/null) \
             $(wildcard capi/*.h capi/*.c) internal/version/version.txt
C_INPUTS  := setup.py pyproject.toml MANIFEST.in capi/glibc_compat.h $(shell find python/ecflow -name '*.[ch]' 2>/dev/null)
CLI_INPUTS := $(GO_INPUTS) $(shell find cmd -type f -not -name '*_test.go' 2>/dev/null)
PY_INPUTS := python/pytest_ecflow.py $(shell find python/ecflow \( -name '*.py' -o -name '*.pyi' -o -name py.typed \) 2>/dev/null)

.PHONY: lib
lib: build/lib.ready ## build libecflow.so and the extension into python/ecflow, for use in place

build/lib.ready: $(GO_INPUTS) $(C_INPUTS) $(VENV_READY)
	$(NEED) go cc python
	@$(VENV_PYTHON) setup.py -q build_ext --inplace
	@touch $@

# Static, without names of this machine, and the same bytes every time.
PROGRAM_FLAGS := -trimpath -buildvcs=false -ldflags "-s -w"
PROGRAMS      := build/bin/ecflow_client build/bin/ecflow build/bin/ecflow_server

.PHONY: cli
cli: $(PROGRAMS) ## build the static programs ecflow_client, ecflow and ecflow_server into build/bin

$(PROGRAMS): build/bin/%: $(CLI_INPUTS)
	$(NEED) go
	@CGO_ENABLED=0 go build $(PROGRAM_FLAGS) -o $@ ./cmd/$*

.PHONY: man
man: ## write the manual pages (docs/man) and completions of the programs anew
	$(NEED) go
	@go generate ./internal/completion

.PHONY: dist
dist: $(VENV_READY) ## build the programs for Linux, macOS and Windows into dist/, with checksums
	$(NEED) go
	@$(VENV_PYTHON) scripts/dist.py

# What a change must not break for other systems; only compiled, so that it is quick.
SYSTEMS := linux/arm64 darwin/arm64 windows/amd64

.PHONY: systems
systems:
	$(NEED) go
	@for system in $(SYSTEMS); do CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/} go vet ./cmd/...; done

.PHONY: wheel
wheel: build/wheel.ready ## build the one wheel for every CPython >= 3.8 into dist/

build/wheel.ready: build/lib.ready build/bin/ecflow $(PY_INPUTS) scripts/build_wheel.py scripts/wheel_symbols.py README.md
	@$(VENV_PYTHON) scripts/build_wheel.py
	@touch $@

.PHONY: wheel-check
wheel-check: wheel ## prove the wheel's tag from its symbols, install and run it under every Python here
	$(NEED) server client openssl
	@$(VENV_PYTHON) scripts/wheel_check.py --sdist --root "$${XDG_CACHE_HOME:-$$HOME/.cache}/ecflow-go/roots"
