# A second, independent binding of the Go package, and the test that compares
# the two. Nothing else uses it, and the wheel does not contain it.

.PHONY: gopy
gopy: build/gopy.ready build/lib.ready ## build the Go package with gopy for one Python, compare it with ours
	$(NEED) server client
	ECFLOW_GOPY=build/gopy PYTHONPATH=python $(VENV_PYTHON) -m pytest tests_py/gopy

build/gopy.ready: $(GO_INPUTS) $(wildcard goface/*.go) scripts/gopy.sh $(VENV_READY)
	$(NEED) go cc python
	@$(VENV_PYTHON) -m pip install -q pybindgen==0.22.1
	@scripts/gopy.sh $(VENV_PYTHON)
	@touch $@
