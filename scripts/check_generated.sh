#!/bin/sh
# Fail when `go generate` would change a generated file. Generated files say so
# in their first lines: "Code generated ... DO NOT EDIT". The new files stay.
set -eu
cd "$(dirname "$0")/.."

sums() {
	git ls-files -z --cached --others --exclude-standard |
		xargs -0 grep -slZ -m1 'Code generated .*DO NOT EDIT' -- | sort -z | xargs -0 -r sha256sum --
}

before=$(sums)
go generate ./...
after=$(sums)
test "$before" = "$after" && exit 0

echo "generated files were out of date; they are written anew now, look at them and commit:" >&2
printf '%s\n%s\n' "$before" "$after" | sort | uniq -u | awk '{print "  " $2}' | sort -u >&2
exit 1
