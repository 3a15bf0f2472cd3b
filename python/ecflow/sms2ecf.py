"""Names of variables of SMS, the predecessor, and of ecFlow."""

from __future__ import annotations

from typing import Any, Tuple

import ecflow

#: The server that translate() writes for: "ecflow" or "sms".
ECF_MODE = "ecflow"
#: Whether translate() leaves the arguments of commands as they are.
RAW_MODE = False

#: The client of SMS.
CDP = "cdp"
#: The site's commands that submit, kill and ask for jobs.
subm = "/home/ma/emos/bin/trimurti"
kill = subm
stat = subm

# Where the name is not the old one with ECF_ for SMS.
_OTHER_NAMES = {
    "SMSNODE": "ECF_HOST",
    "SMS_PROG": "ECF_PORT",
    "SMSURLBASE": "ECF_URL_BASE",
    "SMSCMD": "ECF_JOB_CMD",
    "SMSKILL": "ECF_KILL_CMD",
    "SMSSTATUSCMD": "ECF_STATUS_CMD",
    "SMSJOBCHECK": "ECF_CHECK_CMD",
    "SMSURLCMD": "ECF_URL_CMD",
    "SMS_VER": "ECF_VER",
    "SMS_VERSION": "ECF_VERSION",
}

_NAMES = """
SMSNAME SMSNODE SMSPASS SMS_PROG SMSFILES SMSINCLUDE SMSTRIES SMSTRYNO SMSTRIE SMSHOME SMSRID SMSJOB SMSJOBOUT
SMSOUT SMSCHECKOLD SMSCHECK SMSLOG SMSLIST SMSPASSWD SMSSERVER SMSMICRO SMSPID SMSHOST SMSDATE SMSURL SMSURLBASE
SMSCMD SMSKILL SMSSTATUSCMD SMSJOBCHECK SMSURLCMD SMSWEBACCES SMS_VER SMS_VERSION SMSLOGHOST SMSLOGPORT
SMSLOGTIMEOUT
"""

DICT_SMS_ECF = {name: _OTHER_NAMES.get(name, name.replace("SMS", "ECF_")) for name in _NAMES.split()}
DICT_ECF_SMS = {ecf: sms for sms, ecf in DICT_SMS_ECF.items()}

_SUBMIT = "/home/ma/emos/bin/ecflow_submit"
_STATUS = ("ECF_STATUS_CMD", "SMSSTATUS", "ECF_CHECK_CMD", "SMSJOBCHECK")


def translate(name: Any, value: Any = None) -> Tuple[Any, Any]:
    """Name and value of a variable as the server of ``ECF_MODE`` knows them.

    For SMS the commands become those of the site, ``subm``, ``kill`` and ``stat``, with their arguments; in
    ``RAW_MODE``, and when a value does not submit, only ``ECF_`` is replaced.

    >>> translate("SMSHOME", "/home/SMSUSER")
    ('ECF_HOME', '/home/ECF_USER')
    """
    if ECF_MODE == "ecflow":
        if name in ("SMSCMD", "SMSKILL", "SMSSTATUSCMD", "SMSHOME"):
            value = value.replace("SMS", "ECF_").replace("trimurti", _SUBMIT)
        return DICT_SMS_ECF.get(name, name), value
    if ECF_MODE != "sms":
        return name, value
    if RAW_MODE or ("CMD" in name and "submit" not in value):
        value = value.replace("ECF_", "SMS")
    elif name in ("ECF_JOB_CMD", "SMSCMD"):
        value = f"{subm} {_arguments(value)}"
    elif name in ("ECF_KILL_CMD", "SMSKILL"):
        value = kill + _arguments(value) + (" kill" if "submit" in kill else "")
    elif name in _STATUS:
        value = stat + _arguments(value) + (" status" if "submit" in stat else "")
    return DICT_ECF_SMS.get(name, name), value


def _arguments(command: str) -> str:
    """What the site's commands are given instead of the arguments of this one."""
    if "_v2" in command:
        return " %ECF_JOB% %SCHOST% %USER%"
    host = "WSHOST" if "WSHOST" in command else "SCHOST"
    process = "%SMSRID% " if "kill" in command or "stat" in command else ""
    return f" %USER% %{host}% {process}%SMSJOB% %SMSJOBOUT%"


def get(name: str, host: str = "localhost", port: int = 314159) -> None:
    """Have ``cdp`` write the definition of an SMS server to a file. FileNotFoundError: there is no ``cdp``."""
    import getpass
    import subprocess

    user = getpass.getuser()
    commands = (
        f"setenv -i HOME USER; set SMS_PROG {port}; login {host} {user} 1; "
        f"status > /dev/null ; get; show > {name}; "
    )
    subprocess.call([CDP, "-c", commands])


def ignore() -> None:
    """Do nothing."""


#: Words of SMS that ecFlow does not know.
ignored = ("action", "owner", "text", "migrate", "automigrate", "autorestore")


def sms2ecf(orig: str, dest: str) -> None:
    """Copy a definition, with an empty line after each line. All lines are kept, those with ``ignored`` words too."""
    with open(dest, "w") as copy, open(orig) as source:
        for line in source:
            print(line, file=copy)


def load(name: str, host: str = "localhost", port: int = 31415) -> None:
    """Load a definition file into a server, in place of what it has if that is in the way."""
    client: Any = ecflow.Client(host, port)
    try:
        client.load(name)
    except RuntimeError:
        client.replace("/", name)
