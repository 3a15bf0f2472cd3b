"""Where ours may differ from the original in programs over the tree API, and why. docs/compat.md tells users.

Each rule is looked for in "operation Class.member arguments: theirs -> ours", what was shown as JSON;
"[another state]" follows where the error is the same and what it leaves behind is not.
"""

import re

VECTOR = r"(NodeVec|SuiteVec|FamilyVec|TaskVec|VariableList|FlagTypeVec|ZombieVec)"
ENUM = (
    r"(AttrType|CheckPt|ChildCmdType|DState|Days|FlagType|SState|State|Style|ZombieType|ZombieUserActionType)"
)

CALENDAR = "(ECF_DATE|YYYY|DOW|DOY|DATE|DAY|DD|MM|MONTH|ECF_CLOCK|ECF_TIME|ECF_JULIAN|TIME)"
GENERATED = "generated variables are those of now"

RULES = [
    (r"\[another state\]$", "an edit happens or it does not: the original keeps what it had done before the error"),
    (r"Unable to cast Python instance.* -> \{.*\"also\": \[[^]]*\"RuntimeError\"", "the text says which element is of a wrong type"),
    (r"\bedit (\w|\.)+ '(-2147483648|0)'.* -> .*\bedit [\w.]+ '(2147483648|1099511627776)'", "numbers beyond 32 bits keep their value"),
    (r"^final .*# edit \*.* -> .*# edit " + CALENDAR + r" ''", GENERATED),
    (r"^final .*# edit ECF_(RID|PASS) '.+'.* -> .*# edit ECF_\1 ''", GENERATED),
    (r"^final .*# edit (ECF_JOB|ECF_SCRIPT|ECF_JOBOUT|ECF_NAME|ECF_DIRNAME|FAMILY) '.* -> .*# edit \1 '", GENERATED),
    (r"^call WhyCmd\.why .*(not-a-date-time|current suite time is 00:00 \))", "a suite that has not begun has no time yet"),
    (r"returned a result with an exception set\"\} -> .*\"error\"", "numbers beyond 64 bits are refused in words"),
    (r"^call Defs\.check .* -> \"Failed to parse", "`check()` says each time what cannot be read"),
    (r"^one (Task|Family|Alias)\.__copy__ ", "a copy stands alone"),
    (r"^final .*\{\"STATE\": (null|\"# [A-Z_]+ .*), \"line\": \d+\} -> \{\"STATE\": (null|\"# (AND|OR|EQUAL|NODE\w*|NOT\w*|LESS\w*|GREATER\w*|INTEGER|VARIABLE)\b)",
     "expressions are evaluated as they are now"),
    (r"\{\"new\": \[\"NodeVec\".*ExportNode::add : Unknown type\"\} -> \{\"is\"",
     "collections are Python lists: they can do what lists can, and say what lists say"),
    (r"^final .* -> \{\"\w+\": \"( *(aviso|mirror) --|\w+'? --(url|ssl|revision))", "copies have avisos and mirrors"),
    (r"^new Autorestore \[\"Autorestore\", \[\], \{\}\]: ", "an Autorestore may be empty"),
    (r"^read .*generated\*\* ecf script file.* -> .*This script was generated", "generated scripts are in words of our own"),
    (r"^read .*# Defines the variables that a.* -> .*# By these the client finds", "generated scripts are in words of our own"),
    (r"^static File\.", "the original names the directories of its own build"),
    (r"^one \w+\.__setstate__ .*\"TypeError\".* -> true$", "what is a plain Python object can be pickled"),
    (r"(new|one) Edit\b.*__str__\(\): incompatible function arguments", "the original cannot print an Edit"),
    (r"call Autorestore\.nodes_to_restore .*\"TypeError\".* -> ", "the original cannot give this list"),
    (r"module debug_build .*: true -> false", "there is no debug build"),
    (r"^(op|one|setitem|delitem|call|new|pick) " + VECTOR + r"\b(?!\.insert).*\"error\": .* -> ",
     "collections are Python lists: they can do what lists can, and say what lists say"),
    (r"^op " + VECTOR + r"\.__(eq|ne)__ .*: (true -> false|false -> true)$",
     "collections are Python lists: equal when their elements are"),
    (r"^op " + ENUM + r"\.__\w+__ .*\"TypeError\".* -> (true|false)$|^op " + ENUM + r"\.__(eq|ne)__ .*, 1\.0\]: ",
     "enumerations are ints"),
    (r"^read\b.*(the default \*\*generated\*\*.* -> .*This script was generated|Tell ecFlow we have started.* -> .*the server knows the job)", "scripts are generated in our own words"),
    (r"\{\"b\": \"x\"\}.*: .* -> \{.*\"error\": \"TypeError\"", "bytes are no text"),
    (r"\{\"t\": .*\"TypeError\".* -> ", "a tuple is taken where a list is"),
    (
        r"^read .*echo do some work.* -> .*echo do some work",
        "generated scripts do the same, in our own words",
    ),
    (
        VECTOR + r".*Unknown type.* -> ",
        "collections are Python lists: they can do what lists can, and say what lists say",
    ),
]  # fmt: skip


def reason(line, rules=RULES):
    """Why a difference is allowed; None if it is not."""
    for pattern, why in rules:
        if re.search(pattern, line, re.DOTALL):
            return why
    return None
