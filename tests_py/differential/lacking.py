"""What older versions have not, as the lists of their members tell: programs for them do without."""

import gzip
import json
import os

API = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "api")
VERSIONS = ("5.9.2", "5.13.8")
NEWEST = "5.19.0"


def read(version):
    with gzip.open(os.path.join(API, version + ".json.gz"), "rt") as text:
        return json.load(text)["classes"]


def of(version):
    """{"Class", "Class.member"} that 5.19.0 has and a version has not."""
    if version not in VERSIONS:
        return frozenset()
    old, new = read(version), read(NEWEST)
    out = set()
    for name, one in new.items():
        if name not in old:
            out.add(name)
            continue
        out.update(name + "." + member for member in one["members"] if member not in old[name]["members"])
    return frozenset(out)
