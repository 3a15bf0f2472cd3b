"""Where ours may differ from 5.19.0, and why. docs/compat.md tells users.

Each rule is looked for in "step [what] theirs -> ours".
"""

import re

RULES = [
    # -- arguments
    (r"'\\ud800'.* 'TypeError' -> 'UnicodeEncodeError'", "text that no UTF-8 can hold is named as such"),
    (r"surface.*=\('/x',\).* 'TypeError' -> '(sent|ok|RuntimeError)'", "a tuple is taken where a list is"),
    (r"=(State\.complete|CheckPt\.NEVER) .*'TypeError' -> '(sent|ok|RuntimeError)'",
     "the enumerations are ints, as in the original up to 5.9, and ints are taken as bools"),
    (r"surface: delete\(.*(''|\[\]) .*'sent' -> 'RuntimeError'",
     "an empty path deletes every suite in the original; delete_all() says so"),
    (r"surface: get_file\(.* max_lines=.*'TypeError' -> 'sent'", "a number of lines may be a number"),
    (r"surface: __init__.*'RuntimeError' -> 'ValueError'", "a NUL in a host or port cannot be meant"),
    (r"(h:99999|'99999'|99999|h:-1|-1)'?,?\)? .*Invalid port number|"
     r"(set_host_port|__init__|Client).*(99999|-1).* None -> 'RuntimeError'|"
     r"surface: (__init__|set_host_port).*b=-1.*'ok' -> 'RuntimeError'",
     "a port outside 0..65535 is refused at once; the original fails when it connects"),
    (r"ECF_PORT= Client\(\).*'localhost\|' -> 'localhost\|3141'", "an empty ECF_PORT is as good as none"),
    (r"ECF_PORT=x .* None -> 'RuntimeError'", "an ECF_PORT that is no number is refused at once"),
    (r"set_retry_connection_period.*-1.*(None|'ok') -> 'RuntimeError'", "a negative pause cannot be meant"),
    (r"set_child_try_no.*-1.*'TypeError' -> 'RuntimeError'", "the text says which argument"),
    (r"set_child_init_add_vars.*(\['/x'\]|\['a=b'\]|\[str\]).*'RuntimeError' -> (None|'ok')",
     "names with values may be given as text, as the original documents"),
    (r"set_child_init_add_vars.*\[None\].*'TypeError' -> 'RuntimeError'", "the text says which argument"),
    # -- what is printed
    (r"debug\(True\) \[out\]", "debug tells the requests, on standard error, not the settings"),
    (r"NO_ECF .* \[out\] 'NO_ECF", "notices go to standard error"),
    (r"debug_build\(\).* True -> False", "there is no debug build"),
    # -- texts
    (r"unknown attribute \[text\]", "the name of the class's module"),
]  # fmt: skip


def reason(difference):
    """Why a difference is allowed; None if it is not."""
    line = "%s [%s] %r -> %r" % difference
    for pattern, why in RULES:
        if re.search(pattern, line, re.DOTALL):
            return why
    return None
