# Against original servers: this machine's own ecFlow, and other versions in
# Debian roots, which are kept outside the checkout.

ROOTS := $${XDG_CACHE_HOME:-$$HOME/.cache}/ecflow-go/roots

.PHONY: interop
interop: build/lib.ready build/bin/ecflow ## Go and Python against the original server of this machine
	$(NEED) server client module openssl
	@scripts/interop.sh $(VENV_PYTHON)

.PHONY: matrix
matrix: wheel ## all versions, with what takes long (dual runs, a day of operations), and the wheel under the Pythons of their Debian roots
	$(NEED) server client module openssl
	@scripts/roots.sh
	@scripts/interop.sh $(VENV_PYTHON) 5.9.2 5.13.8 5.19.0
	@$(MAKE) --no-print-directory ours runs
	@$(VENV_PYTHON) scripts/wheel_check.py --root "$(ROOTS)"
	@$(VENV_PYTHON) benchmarks/other_version.py --wheel "$$(ls dist/ecflow_go-*-abi3-*.whl)" --version 5.19.0 --rounds 1

.PHONY: ours
ours: ## the original's clients and modules, 5.9.2 and 5.19.0, against our server: the tests of "interop", and those of its own
	$(NEED) client module openssl
	@scripts/roots.sh sid
	go build -o build/bin/ecflow_server ./cmd/ecflow_server
	@ECFLOW_SERVER=5.9.2,5.19.0 ECFLOW_OUR_SERVER=$(CURDIR)/build/bin/ecflow_server go test ./tests_go/ourserver
	@for version in 5.9.2 5.19.0; do \
	  ECFLOW_SERVER=$$version ECFLOW_OUR_SERVER=$(CURDIR)/build/bin/ecflow_server go test -timeout 9m ./tests_go/interop || exit 1; \
	done

.PHONY: oracle
oracle: $(VENV_READY) ## record anew what the original 5.19.0 module does, into tests_py/interop and tests_py/differential
	@scripts/roots.sh sid
	@$(VENV_PYTHON) tests_py/interop/record_oracle.py 5.19.0
	@$(VENV_PYTHON) tests_py/differential/run.py --module-a 5.19.0 --count 3000 --record tests_py/differential/recorded-5.19.0.jsonl.gz

.PHONY: runs
runs: ## suites with real jobs on the original server 5.19.0 and on ours; jobs with the clients 5.19.0 and 5.9.2
	ECFLOW_SERVER=5.19.0 go test -timeout 9m ./tests_go/runs
	ECFLOW_SERVER=5.19.0 ECFLOW_CLIENT=5.9.2 go test -timeout 9m -short ./tests_go/runs
