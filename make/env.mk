# The Python environment of the build and of the tests.

export GOFLAGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONDONTWRITEBYTECODE := 1

VENV        := .venv
VENV_PYTHON := $(VENV)/bin/python
VENV_READY  := $(VENV)/ready

# Made anew when the pinned versions change. PYTHON=/path/to/python3 chooses the interpreter.
$(VENV_READY): make/requirements.txt
	$(NEED) python
	@echo "making $(VENV) with $$(scripts/find_python.sh)"
	@rm -rf $(VENV)
	@"$$(scripts/find_python.sh)" -m venv $(VENV)
	@$(VENV_PYTHON) -m pip install -q -r make/requirements.txt
	@touch $@
