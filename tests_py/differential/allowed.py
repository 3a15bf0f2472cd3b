"""Where ours may differ from the original in programs over the tree API, and why. docs/compat.md tells users.

Each rule is looked for in "operation member arguments: theirs -> ours", both as JSON.
"""

import re

RULES = []

# Differences of older versions from 5.19.0, which decides.
OLDER = []


def reason(line, rules=RULES):
    """Why a difference is allowed; None if it is not."""
    for pattern, why in rules:
        if re.search(pattern, line, re.DOTALL):
            return why
    return None
