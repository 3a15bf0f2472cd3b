"""The main job, from nothing: what `make demo` shows.

In a scratch HOME: the wheel in a fresh environment, certificates, password
files, an ecflow_server that wants both, and examples/python/secure_suite.py
against it. Ends by itself, removes all it made, and its exit code says whether
all went as told.

All of it is the wheel's: no other ecFlow is needed. ECFLOW_SERVER=5.9.2, a
version or a root that tests_py/realserver.py knows, takes the original server
and client instead, and makes certificates as the ecFlow documentation tells,
with openssl.
"""

import argparse
import contextlib
import os
import random
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLE = os.path.join(ROOT, "examples", "python", "secure_suite.py")
SUITE_FILES = os.path.join(ROOT, "examples", "python", "secure_suite")
USER_PASSWORD = "sesame"
START_SECONDS = 20

# The group ffdhe2048 of RFC 7919. `openssl dhparam -out dh2048.pem 2048` finds
# a group of one's own, in minutes, and gains nothing.
FFDHE2048 = """\
-----BEGIN DH PARAMETERS-----
MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
+8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
-----END DH PARAMETERS-----
"""


class Failed(Exception):
    """The demonstration cannot go on; the text says why."""


def step(text):
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print("%s* %s%s" % (bold, text, plain), flush=True)


def note(text):
    print("  " + text, flush=True)


def run(command, **more):
    """Runs a command quietly; says what it said when it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more
    )
    if done.returncode:
        raise Failed("%s\n`%s` failed" % (done.stdout.decode(errors="replace"), " ".join(command)))


def write(path, text, mode=0o600):
    """A file that is private from its first moment."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as out:
        out.write(text)


def make_certificates(folder, tell=lambda text: None):
    """Key, pass phrase, request, self-signed certificate and DH group, the documented way."""
    os.makedirs(folder, mode=0o700)
    write(os.path.join(folder, "server.passwd"), "a pass phrase\n")
    write(os.path.join(folder, "dh2048.pem"), FFDHE2048)
    tell("dh2048.pem: the group ffdhe2048 of RFC 7919")
    phrase = "file:server.passwd"
    for arguments in (
        ["genrsa", "-des3", "-passout", phrase, "-out", "server.key", "2048"],
        ["req", "-new", "-key", "server.key", "-passin", phrase, "-subj", "/CN=" + socket.gethostname(),
         "-out", "server.csr"],
        ["x509", "-req", "-days", "365", "-in", "server.csr", "-signkey", "server.key", "-passin", phrase,
         "-out", "server.crt"],
    ):  # fmt: skip
        tell("openssl " + " ".join(arguments))
        run(["openssl", *arguments], cwd=folder)


def password_file(path, port, users):
    host = socket.gethostname()
    lines = ["%s %s %d %s\n" % (user, host, port, password) for user, password in users.items()]
    write(path, "5.1.0\n# user host port password\n" + "".join(lines))


def login_name():
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


class Wheel:
    """The ecFlow in the wheel: server, jobs' client, certificates."""

    def __init__(self, python):
        self.bin = os.path.dirname(python)
        self.server = [os.path.join(self.bin, "ecflow_server")]

    def certificates(self, folder, tell=lambda text: None):
        tell("ecflow certs new")
        run([os.path.join(self.bin, "ecflow"), "certs", "new", "--dir", folder])


class Original:
    """An original ecFlow, made to look as if it were in PATH."""

    def __init__(self, wanted, scratch):
        sys.path.insert(0, os.path.join(ROOT, "tests_py"))
        import realserver

        try:
            found = realserver.find(wanted)
        except (realserver.Missing, OSError) as missing:
            raise Failed(str(missing)) from None
        self.bin = os.path.join(scratch, "bin")
        self.server = found.server
        os.mkdir(self.bin)
        client = os.path.join(self.bin, "ecflow_client")
        write(client, '#!/bin/sh\nexec %s "$@"\n' % " ".join(map(shlex.quote, found.client)), 0o700)

    certificates = staticmethod(make_certificates)


class Server:
    """An ecflow_server that wants TLS and passwords, in a scratch HOME."""

    def __init__(self, scratch, ecflow):
        self.ecflow = ecflow
        self.home = os.path.join(scratch, "home")
        self.directory = os.path.join(scratch, "server")
        self.process = None
        self.port = 0
        shutil.copytree(SUITE_FILES, self.directory)

    def environment(self, **more):
        """That of a user at this HOME, who has the password files."""
        dropped = ("ECF_", "NO_ECF", "PYTHON")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        clean.update(
            HOME=self.home,
            PATH=self.ecflow.bin + os.pathsep + clean.get("PATH", os.defpath),
            ECF_HOST="localhost",
            ECF_PORT=str(self.port),
            ECF_SSL="1",
            ECF_PASSWD=os.path.join(self.home, "passwd"),
            ECF_CUSTOM_PASSWD=os.path.join(self.home, "custom_passwd"),
        )
        clean.update(more)
        return clean

    def write_passwords(self):
        """The user's own files; and the server's, which know the login user alone."""
        me = {login_name(): USER_PASSWORD}
        password_file(os.path.join(self.directory, "passwd"), self.port, me)
        password_file(os.path.join(self.directory, "custom_passwd"), self.port, me)
        password_file(os.path.join(self.home, "passwd"), self.port, me)
        password_file(os.path.join(self.home, "custom_passwd"), self.port, {"carol": "tulips"})

    def start(self):
        for _ in range(20):
            self.port = random.randint(20000, 30000)
            self.write_passwords()
            environment = self.environment(
                ECF_HOME=self.directory,
                ECF_PASSWD=os.path.join(self.directory, "passwd"),
                ECF_CUSTOM_PASSWD=os.path.join(self.directory, "custom_passwd"),
                LC_ALL="C.UTF-8",
            )
            with open(os.path.join(self.directory, "server.out"), "wb") as out:
                self.process = subprocess.Popen(
                    self.ecflow.server, cwd=self.directory, env=environment, stdin=subprocess.DEVNULL,
                    stdout=out, stderr=out, start_new_session=True,
                )  # fmt: skip
            if self.listens():
                return
            self.stop()  # most likely the port was taken
        raise Failed("ecflow_server does not start: " + self.output())

    def listens(self):
        """Whether it is ours that listens: a second server on a port ends by itself."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                time.sleep(0.2)
                return self.process.poll() is None
            time.sleep(0.05)
        return False

    def output(self):
        with open(os.path.join(self.directory, "server.out"), errors="replace") as text:
            return text.read()[-2000:]

    def stop(self):
        """Asks it to end, then makes it end, with whatever jobs it still has."""
        if self.process is None:
            return
        if self.process.poll() is None:
            environment = self.environment()
            client = shutil.which("ecflow_client", path=environment["PATH"])
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    [client, "--terminate=yes"], env=environment, timeout=10, stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
                self.process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # the session we made: the server and its jobs
        self.process.wait()
        self.process = None


def demonstrate(wheel, scratch):
    step("The wheel, into a fresh environment")
    environment = os.path.join(scratch, "venv")
    run([sys.executable, "-m", "venv", environment])
    python = os.path.join(environment, "bin", "python")
    run([python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", os.path.abspath(wheel)])
    note("pip install " + os.path.basename(wheel))

    wanted = os.environ.get("ECFLOW_SERVER")
    ecflow = Original(wanted, scratch) if wanted else Wheel(python)
    server = Server(scratch, ecflow)
    os.mkdir(server.home)

    step("Certificates, in $HOME/.ecflowrc/ssl")
    ecflow.certificates(os.path.join(server.home, ".ecflowrc", "ssl"), tell=note)
    elsewhere = os.path.join(scratch, "elsewhere")
    ecflow.certificates(elsewhere)  # the same steps at another site, for the last act

    step(
        "%s that wants TLS and passwords"
        % ("The original server " + wanted if wanted else "The wheel's ecFlow server")
    )
    try:
        server.start()
        note("ECF_SSL=1 ECF_PASSWD=passwd ecflow_server, port %d" % server.port)
        note("password files, for the server and for you: user %s" % login_name())

        step("examples/python/secure_suite.py")
        command = [python, EXAMPLE, "--server-passwords", server.directory]
        command += ["--other-certificates", elsewhere]
        # ECF_SSL is not set: the script itself says enable_ssl().
        user = server.environment()
        del user["ECF_SSL"]
        if subprocess.run(command, env=user, cwd=scratch, stdin=subprocess.DEVNULL).returncode:
            raise Failed("the example failed")
    finally:
        server.stop()
    step("All went as told. The server is stopped, the scratch directory removed.")
    note("Your turn: pip install " + os.path.relpath(wheel))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--wheel", required=True)
    asked = options.parse_args()
    # However it ends, the way out leads through the clean-up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    scratch = tempfile.mkdtemp(prefix="ecflow-demo-")
    try:
        demonstrate(asked.wheel, scratch)
    except Failed as failure:
        sys.exit("The demonstration failed: %s" % failure)
    except KeyboardInterrupt:
        sys.exit("interrupted")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
