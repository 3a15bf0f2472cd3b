"""A server for tests, notebooks and laptops, in one line.

    import ecflow.testing

    with ecflow.testing.Server() as server:
        server.script("/s/t", "echo a job")
        server.play("suite s\\n task t\\nendsuite")
        server.wait("/s")

It is a real server: the program that comes with this package, on a free port of
the loopback interface, with files of its own in a scratch directory. TLS and
passwords are an argument each:

    with ecflow.testing.Server(ssl=True, users={"fred": "secret"}) as server:
        ci = server.client()      # trusts that certificate, and is fred
        ci.ping()

It ends, with its jobs, when the block does, and whatever happens to this
process: a pipe tells it when that is gone.

pytest has it as fixtures: ``ecflow_server`` and ``ecflow_client``, see the module ``pytest_ecflow``.
"""

from __future__ import annotations

import contextlib
import glob
import os
import socket
import time

from . import Client, Defs, _program
from ._error import Error
from ._program import ServerError, find_program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Dict, Mapping, Optional, Sequence, Type, TypeVar, Union

    S = TypeVar("S", bound="Server")

__all__ = ["Server", "ServerError", "find_program"]

HOST = "localhost"
POLL_SECONDS = 0.005
LOG_SECONDS = 5.0
ABORTED_SECONDS = 1.0  # a node that stays aborted for this long will not complete

HEAD = """\
#!/bin/bash
set -eu
export ECF_HOST=%ECF_HOST% ECF_PORT=%ECF_PORT% ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
ecflow_client --init=$$
trap 'trap - EXIT; ecflow_client --abort=trap; exit 1' EXIT HUP INT QUIT TERM
"""
TAIL = """
trap - EXIT HUP INT QUIT TERM
ecflow_client --complete
"""


class Server:
    """A server that runs from the beginning of a ``with`` block to its end, or from :meth:`start` to :meth:`stop`.

    ==============  =========================================================================
    ssl             speak TLS alone, with a key and a certificate made for it
    users           names and passwords of those who may do everything; without it, everybody
    http            speak HTTP
    halted          begin as HALTED, not RUNNING
    home            ECF_HOME, which stays; without it a scratch directory, which is removed
    variables       environment of the server, which makes variables of it: ECF_JOB_CMD, ...
    interval        seconds between two looks at the time, 1 to 60
    options         more options of ecflow_server
    ==============  =========================================================================

    It belongs to the process that started it: children made by ``os.fork()`` may use it, but cannot end it. Stopped, it may
    be started anew, as another server on another port.
    """

    def __init__(
        self,
        *,
        ssl: bool = False,
        users: Optional[Mapping[str, str]] = None,
        http: bool = False,
        halted: bool = False,
        home: Optional[Union[str, os.PathLike[str]]] = None,
        variables: Optional[Mapping[str, str]] = None,
        interval: int = 60,
        options: Sequence[str] = (),
    ) -> None:
        self._ssl = ssl
        self._http = http
        self._halted = halted
        self._users: Dict[str, str] = dict(users or {})
        for name, password in self._users.items():
            if not name or not password or set(name + password) & set(" \t\r\n#"):
                raise ValueError(f"user {name!r}: neither name nor password can be empty or hold blanks or #")
        self._variables: Dict[str, str] = dict(variables or {})
        self._options = ["--ecfinterval", str(interval), *(["--http"] if http else []), *options]
        self._home = os.path.abspath(os.fspath(home)) if home is not None else ""
        self._process: Optional[_program.Process] = None
        self._port = 0

    # What it is.

    @property
    def host(self) -> str:
        """The host that clients reach it at: ``"localhost"``."""
        return HOST

    @property
    def port(self) -> int:
        """The port it listens on, which stays known when it has ended; 0 before it is started."""
        return self._port

    @property
    def pid(self) -> int:
        """The id of its process; 0 if it does not run."""
        process = self._process.process if self._process else None
        return process.pid if process and process.poll() is None else 0

    @property
    def directory(self) -> str:
        """The scratch directory. It is a HOME for clients: the certificate is in its ``.ecflowrc/ssl``."""
        if self._process is None:
            raise ServerError("the server does not run")
        return self._process.directory

    @property
    def home(self) -> str:
        """ECF_HOME: the directory of scripts, jobs and their outputs."""
        return self._home or os.path.join(self.directory, "home")

    @property
    def certificate(self) -> str:
        """The file of the certificate to trust; ``""`` without TLS."""
        return os.path.join(self._ssl_directory, "server.crt") if self._ssl else ""

    @property
    def log_path(self) -> str:
        """The file of the server's log."""
        return os.path.join(self.home, f"{HOST}.{self._port}.ecf.log")

    @property
    def log(self) -> str:
        """The text of the server's log so far."""
        if self.pid:
            with contextlib.suppress(Error):  # then what is in the file has to do
                self.client(timeout=LOG_SECONDS).flush_log()
        with contextlib.suppress(FileNotFoundError), open(self.log_path, errors="replace") as text:
            lines = text.readlines()
            return "".join(lines[:-1] if lines and "--log=flush" in lines[-1] else lines)
        return ""

    def __repr__(self) -> str:
        return f"<ecflow.testing.Server {f'at {HOST}:{self._port}' if self.pid else 'that does not run'}>"

    # Its life.

    def start(self: S) -> S:
        """Starts the server and waits until it answers.

        Raises :class:`ServerError`, with the server's own words, if it does not.
        """
        if self.pid:
            return self
        self.stop()
        program = find_program()
        self._process = process = _program.Process()
        try:
            self._port = process.port
            os.makedirs(self.home, exist_ok=True)
            _program.link(program, os.path.join(process.directory, "bin"))
            if self._users:
                self._write_passwords()
            # What is the clients' is not the server's; and the port may be one that it would not take.
            environment = self.environment(
                ECF_PORT=None, ECF_HOST_PROTOCOL=None, ECF_USER=None, ECF_HOME=self.home
            )
            environment.update(self._variables)
            options = [*self._options, *(["--new-certificate"] if self._ssl else [])]
            process.start(program, options, environment, self.home)
            if not self._halted:
                self.client().restart_server()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Ends the server and its jobs, and removes what was made for it. A second time does nothing."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def __enter__(self: S) -> S:
        return self.start()

    def __exit__(
        self,
        type: Optional[Type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.stop()

    # Its use.

    def client(self, user: str = "", **more: Any) -> Client:
        """A client of the server: it trusts the certificate, and is ``user``, or the first of the users.

        Requests that fail are not tried again. ``more`` is what :class:`ecflow.Client` takes by name.
        """
        ci = Client(HOST, self._port, **more)
        ci.set_connection_attempts(1)
        ci.set_retry_connection_period(0)
        if self._ssl:
            ci.enable_ssl(cafile=self.certificate)
        if self._http:
            ci.enable_https() if self._ssl else ci.enable_http()
        if self._users:
            user = user or next(iter(self._users))
            if user in self._users:
                ci.set_password(self._users[user])
        if user:
            ci.set_user_name(user)
        return ci

    def environment(self, **more: Optional[str]) -> Dict[str, str]:
        """The environment of a program that is to use the server: ecflow_client, a script, a job.

        It is this process's without what steers ecFlow elsewhere. PATH begins with the programs of this package. ``more``
        comes on top; None removes a variable. Programs of the original look for the certificate in HOME: for those, say
        ``HOME=server.directory``.
        """
        found: Dict[str, Optional[str]] = {
            name: value for name, value in os.environ.items() if not name.startswith(("ECF_", "NO_ECF"))
        }
        found["PATH"] = os.path.join(self.directory, "bin") + os.pathsep + (found.get("PATH") or os.defpath)
        found.update(ECF_HOST=HOST, ECF_PORT=str(self._port))
        if self._ssl:
            found.update(ECF_SSL="1", ECF_SSL_DIR=self._ssl_directory)
        if self._http:
            found["ECF_HOST_PROTOCOL"] = "HTTPS" if self._ssl else "HTTP"
        if self._users:
            found["ECF_USER"] = next(iter(self._users))
            found["ECF_PASSWD"] = found["ECF_CUSTOM_PASSWD"] = self._passwords
        found.update(more)
        return {name: value for name, value in found.items() if value is not None}

    def script(self, path: str, lines: str) -> str:
        """Writes the script of the task at ``path``, and returns its file.

        ``lines`` of bash stand between those by which a job tells the server that it begins and ends.
        """
        name = os.path.join(self.home, path.strip("/") + ".ecf")
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "w", encoding="utf-8") as out:
            out.write(HEAD + lines + TAIL)
        return name

    def play(self, definition: Union[Defs, str]) -> None:
        """Gives the server a definition, its text, or the path of its file, and begins the suites."""
        ci = self.client()
        before = set(ci.suites())
        ci.load(definition)
        for name in ci.suites():
            if name not in before:
                ci.begin_suite(name)

    def wait(self, path: str, state: Any = "complete", timeout: float = 30.0) -> None:
        """Waits until the node at ``path`` has a state, given by its name or as an :class:`ecflow.State`.

        Raises :class:`ServerError` after ``timeout`` seconds, and at once if the node aborts instead. The text has the
        outputs of jobs below the node, and the end of the log.
        """
        ci = self.client()
        wanted = str(state)
        deadline = time.monotonic() + timeout
        aborted = 0.0
        while True:
            found = ci.query("state", path)
            if found == wanted:
                return
            now = time.monotonic()
            aborted = (aborted or now) if found == "aborted" else 0.0
            if now > deadline or aborted and now - aborted > ABORTED_SECONDS:
                raise ServerError(f"{path} is {found}, not {wanted}{self._outputs(path)}")
            time.sleep(POLL_SECONDS)

    # How.

    @property
    def _ssl_directory(self) -> str:
        return os.path.join(self.directory, ".ecflowrc", "ssl")

    @property
    def _passwords(self) -> str:
        return os.path.join(self.directory, "passwords")

    def _write_passwords(self) -> None:
        """One file for server and clients. This computer's name may stand for the host as well."""
        hosts = dict.fromkeys([HOST, socket.gethostname()])
        lines = [f"{u} {h} {self._port} {p}\n" for u, p in self._users.items() for h in hosts]
        descriptor = os.open(self._passwords, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.writelines(["5.1.0\n", *lines])

    def _outputs(self, path: str) -> str:
        base = glob.escape(os.path.join(self.home, path.strip("/")))
        names = glob.glob(base + ".[0-9]*") + glob.glob(base + "/**/*.[0-9]*", recursive=True)
        told = ""
        for name in [*sorted(names), self.log_path]:
            with contextlib.suppress(OSError), open(name, errors="replace") as text:
                lines = [line for line in text if "--query=state" not in line]  # our own
                told += f"\n--- {name}\n{''.join(lines)[-4000:]}"
        return told
