"""Writes down what calls of an ecflow module do: result, prints, exception.

Everything is caught at the level of file descriptors, since the original prints
from C++. Volatile values (port, host, user, times, passwords) become named
placeholders, so that two runs can be compared as text.
"""

import ctypes
import os
import pwd
import re
import socket
import sys
import tempfile

LONGEST_TEXT = 1500
LONGEST_LINES = 12


class Recorder:
    """Collects entries; `name()` placeholders replace volatile texts."""

    def __init__(self):
        self.entries = []
        self.scenario = ""
        self._seen = {}
        self._places = []
        self._libc = ctypes.CDLL(None)
        self.place(socket.gethostname(), "<host>")
        self.place(pwd.getpwuid(os.getuid()).pw_name, "<user>")

    def place(self, text, placeholder):
        """From now on `text` is recorded as `placeholder`; paths anywhere, words as whole words."""
        if os.sep in text:
            pattern = re.escape(text)
        else:
            pattern = r"(?<![\w.])" + re.escape(text) + r"(?![\w])"
        self._places.insert(0, (re.compile(pattern), placeholder))

    def call(self, label, function, *arguments, **keywords):
        """Calls and records; gives the result, or None after an exception."""
        entry = {"step": self._step(label)}
        if "ORACLE_STEPS" in os.environ:  # which call was the last, when the original ends the process
            with open(os.environ["ORACLE_STEPS"], "a") as out:
                out.write(entry["step"] + "\n")
        with _Output(self._libc) as output:
            try:
                value = function(*arguments, **keywords)
            except Exception as error:  # whatever it raises is what we came to record
                value = None
                entry["raises"] = builtin_name(error)
                if not isinstance(error, TypeError):  # bindings word those by themselves
                    entry["text"] = self._text(str(error))
            else:
                entry["value"] = self.plain(value)
                entry["type"] = type_name(value)
        for name, text in (("out", output.out), ("err", output.err)):
            if text:
                entry[name] = self._text(text)
        self.entries.append(entry)
        return value

    def note(self, label, value):
        """Records a fact that is no call of the module, such as the server's state."""
        self.entries.append({"step": self._step(label), "value": self.plain(value)})

    def plain(self, value):
        """A value as JSON, volatile parts replaced."""
        if value is None or isinstance(value, (bool, float)):
            return value
        if isinstance(value, int):
            return int(value) if type(value) is int else str(value)
        if isinstance(value, bytes):
            return {"bytes": self.normal(value.decode("latin-1"))}
        if isinstance(value, str):
            return self.normal(value)
        if isinstance(value, dict):
            return {str(key): self.plain(one) for key, one in value.items()}
        if type_name(value) == "Client":
            return "<client>"
        if hasattr(value, "__iter__"):
            return [self.plain(one) for one in value]
        return self.normal(str(value))

    def _text(self, text):
        lines = self.normal(text)[:LONGEST_TEXT].split("\n")
        return "\n".join(lines[:LONGEST_LINES])

    def normal(self, text):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        for pattern, replacement in self._places + FIXED:
            text = pattern.sub(replacement, text)
        return text

    def _step(self, label):
        name = "%s: %s" % (self.scenario, self.normal(label).replace("ecflow.ecflow.", "ecflow."))
        number = self._seen[name] = self._seen.get(name, 0) + 1
        return name if number == 1 else "%s #%d" % (name, number)


FIXED = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\d\d:\d\d:\d\d \d+\.\d+\.\d{4}", "<time>"),
        (r"\d{4}-[A-Z][a-z][a-z]-\d\d \d\d:\d\d:\d\d", "<date>"),
        (r"(?<=[\[ ])\d+\.\d+\.\d{4} \d\d:\d\d:\d\d", "<time>"),
        (r"0x[0-9a-f]{6,}", "<address>"),
        (r"(dur|duration):[\d:]+", r"\1:<duration>"),
        (r"calendar initTime.*", "calendar <calendar>"),
        (r"(passwd|rid):\S+", r"\1:<secret>"),
        (r"(state_change|modify_change|cal_count):\d+", r"\1:<number>"),
        (r"server_version:\S+|#\d+\.\d+\.\d+", "<version>"),
        (r"\d\d:\d\d:\d\d\.\d{6}", "<elapsed>"),
        (r"~\d+ milliseconds", "<elapsed>"),
        (r"rt:[\d:]+", "rt:<duration>"),
        (r"edit ECF_PID '\d+'", "edit ECF_PID '<pid>'"),
        (r"Compiled on .*", "<compiled>"),
        (r"\b[0-9]{4,7}\b(?=\.job_stderr)", "<pid>"),
    )
]


def type_name(value):
    return type(value).__name__


def builtin_name(error):
    """The nearest built-in class of an exception: what `except` clauses of scripts name."""
    for one in type(error).__mro__:
        if one.__module__ == "builtins":
            return one.__name__
    return type(error).__name__


class _Output:
    """Catches what is written to file descriptors 1 and 2."""

    def __init__(self, libc):
        self._libc = libc
        self.out = self.err = ""

    def __enter__(self):
        self._flush()
        self._kept = [(number, os.dup(number), tempfile.TemporaryFile()) for number in (1, 2)]
        for number, _, caught in self._kept:
            os.dup2(caught.fileno(), number)
        return self

    def __exit__(self, *exception):
        self._flush()
        texts = []
        for number, kept, caught in self._kept:
            os.dup2(kept, number)
            os.close(kept)
            caught.seek(0)
            texts.append(caught.read().decode("utf-8", "surrogateescape"))
            caught.close()
        self.out, self.err = texts

    def _flush(self):
        sys.stdout.flush()
        sys.stderr.flush()
        self._libc.fflush(None)
