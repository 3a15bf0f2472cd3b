#!/bin/sh
# Print the Python that builds and tests the package: $PYTHON if set, else the
# first of `python3` on PATH and /usr/bin/python3 that is 3.8 or newer and has
# its C headers and the venv module. Fails when there is none.
set -eu

fits() {
	"$1" - <<-'EOF' 2>/dev/null
		import os, sys, sysconfig
		import ensurepip, venv
		header = os.path.join(sysconfig.get_paths()["include"], "Python.h")
		sys.exit(not (sys.version_info >= (3, 8) and os.path.exists(header)))
	EOF
}

for candidate in ${PYTHON:-python3 /usr/bin/python3}; do
	path=$(command -v "$candidate") || continue
	if fits "$path"; then
		# The real file, not a version manager's front, which may answer differently elsewhere.
		exec "$path" -c 'import sys; print(sys.executable)'
	fi
done
exit 1
