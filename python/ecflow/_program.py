"""The program that comes with this package: where it is, and a server of it that ends with whoever started it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import weakref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, List, Optional, Set

START_SECONDS = 20.0
STOP_SECONDS = 10.0
NAMES = ("ecflow_client", "ecflow_server", "ecflow")  # it is each, by the name it is called by


class ServerError(RuntimeError):
    """The server does not start, or a suite does not do what was waited for."""


def find_program() -> str:
    """The path of the program: what the environment variable ``ECFLOW_PROGRAM`` names, else what was installed."""
    named = os.environ.get("ECFLOW_PROGRAM")
    if named:
        if not os.access(named, os.X_OK):
            raise ServerError(f"ECFLOW_PROGRAM names {named!r}, which is no program")
        return os.path.abspath(named)
    tried = []
    above = os.path.dirname(os.path.abspath(__file__))
    for _ in range(
        4
    ):  # TARGET/bin after `pip install --target`, else that of PREFIX/lib/pythonX.Y/site-packages
        above = os.path.dirname(above)
        tried.append(os.path.join(above, "bin"))
    tried.append(os.path.dirname(os.path.abspath(sys.executable)))
    for folder in tried:
        path = os.path.join(folder, "ecflow_client")
        # Beside the original's there is no "ecflow".
        if os.access(path, os.X_OK) and os.path.exists(os.path.join(folder, "ecflow")):
            return path
    raise ServerError(
        "no program ecflow_client of this package in %s; ECFLOW_PROGRAM may name it" % ", ".join(tried)
    )


def link(program: str, folder: str) -> None:
    """Makes a folder of the program's names."""
    os.mkdir(folder)
    for name in NAMES:
        os.symlink(program, os.path.join(folder, name))


class Process:
    """A server process on a port of the loopback interface that is known before it starts.

    It ends when :meth:`end` is called, this object is gone, the interpreter exits, or this process does, however: the server
    reads a pipe that nobody writes to. A child made by ``os.fork()`` has no part in that.
    """

    def __init__(self) -> None:
        self.directory = tempfile.mkdtemp(prefix="ecflow-")
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._end: weakref.finalize[..., Process] = weakref.finalize(
            self, _clean, self.directory, os.getpid()
        )
        self.process: Optional[subprocess.Popen[bytes]] = None
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(1024)
        self.port: int = self.listener.getsockname()[1]

    def start(self, program: str, options: List[str], environment: Dict[str, str], directory: str) -> None:
        """Starts the server, and waits until it says that it is ready."""
        ready, said = os.pipe()
        until, ours = os.pipe()
        errors = open(os.path.join(self.directory, "server.out"), "w+b")
        socket_fd = self.listener.fileno()
        try:
            self.process = subprocess.Popen(
                ["ecflow_server", *options, "--listen-fd", str(socket_fd), "--ready-fd", str(said),
                 "--until-eof-fd", str(until)],
                executable=program, env=environment, cwd=directory, pass_fds=(socket_fd, said, until),
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
                start_new_session=True,  # Ctrl-C is for this process, which then ends the server
            )  # fmt: skip
        except BaseException:
            os.close(ours)
            os.close(ready)
            raise
        finally:
            self.listener.close()
            os.close(said)
            os.close(until)
            errors.close()
        _pipes.add(ours)
        self._end.detach()
        self._end = weakref.finalize(self, _stop, self.process, ours, self.directory, os.getpid())
        try:
            line = _line(ready)
        finally:
            os.close(ready)
        try:
            json.loads(line)
        except ValueError:
            with open(errors.name, "rb") as text:
                words = text.read().decode(errors="replace").strip()
            raise ServerError("ecflow_server does not start: " + (words or "it says nothing")) from None

    def end(self) -> None:
        """Ends the server, and removes its directory. A second time does nothing."""
        self.listener.close()
        self._end()


# The ends of the pipes that servers live by. A child of this process that kept one would keep the server alive.
_pipes: Set[int] = set()


def _close_pipes() -> None:
    while _pipes:
        with contextlib.suppress(OSError):
            os.close(_pipes.pop())


os.register_at_fork(after_in_child=_close_pipes)


def _clean(directory: str, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(directory, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes], pipe: int, directory: str, owner: int) -> None:
    if os.getpid() != owner:
        return
    if pipe in _pipes:
        _pipes.remove(pipe)
        os.close(pipe)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _clean(directory, owner)


def _line(descriptor: int) -> str:
    """One line, or what there is of it when its writer has ended or START_SECONDS are over."""
    deadline = time.monotonic() + START_SECONDS
    text = b""
    poll = select.poll()  # select.select fails beyond descriptor 1023
    poll.register(descriptor, select.POLLIN)
    while not text.endswith(b"\n") and poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        more = os.read(descriptor, 4096)
        if not more:
            break
        text += more
    return text.decode(errors="replace")
