"""Starts real ecFlow servers for tests, and always ends them.

An *installation* is one original ecFlow (server, command-line client, Python
module): the packages of this machine, or a Debian root made by
``scripts/roots.sh``. The programs of a root run in place, through the root's
own dynamic linker: no chroot, no privilege, and every file path means the same
to server, client and test.

    with RealServer(find("5.9.2"), tls="server", passwords={"fred": "secret"}) as server:
        server.client("--ping", user="fred")

Standard library only, so that the original module's own Python can use it.
"""

import contextlib
import glob
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOTS = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "ecflow-go", "roots")
NATIVE = ("/usr/bin", "/usr/sbin", "/usr/local/bin")
START_SECONDS = 20
STOP_SECONDS = 10


class Missing(Exception):
    """A server was asked for and is not on this machine."""


class Installation:
    """One original ecFlow. `root` is "" for this machine's own packages."""

    def __init__(self, root=""):
        self.root = root
        ours = os.environ.get(
            "ECFLOW_OUR_SERVER"
        )  # the program of a server of ours: then clients and module alone are the original's
        self.ours = bool(ours)
        self.server = [ours] if ours else self._program("ecflow_server")
        self.client = self._program("ecflow_client")
        text = subprocess.run(self.client + ["--version"], stdout=subprocess.PIPE, check=True).stdout
        found = re.search(rb"version\((\d+\.\d+\.\d+)\)", text)
        if not found:
            raise Missing("no version in what %s prints" % self.client[-1])
        self.version = found.group(1).decode()

    def __repr__(self):
        return "ecFlow %s (%s)" % (self.version, self.root or "this machine")

    @property
    def numbers(self):
        """The version as integers, to compare."""
        return tuple(int(part) for part in self.version.split("."))

    def _linker(self):
        if not self.root:
            return []
        libraries = glob.glob(os.path.join(self.root, "usr/lib/*-linux-gnu"))
        linkers = glob.glob(os.path.join(self.root, "lib*/ld-linux*.so.*"))
        if not libraries or not linkers:
            raise Missing("%s is not a Debian root" % self.root)
        return [linkers[0], "--library-path", ":".join(libraries)]

    def _program(self, name):
        folders = ("usr/bin", "usr/sbin") if self.root else NATIVE
        for folder in folders:
            path = os.path.join(self.root, folder, name) if self.root else os.path.join(folder, name)
            if os.access(path, os.X_OK):
                return self._linker() + [path]
        raise Missing("no %s in %s" % (name, self.root or ", ".join(NATIVE)))

    def python(self):
        """Command and extra environment of a Python that imports the original module."""
        if not self.root:
            return ["/usr/bin/python3"], {}
        found = sorted(glob.glob(os.path.join(self.root, "usr/bin/python3.[0-9]*[0-9]")))
        if not found:
            raise Missing("no Python in " + self.root)
        return self._linker() + [found[-1]], {
            "PYTHONHOME": os.path.join(self.root, "usr"),
            "PYTHONPATH": os.path.join(self.root, "usr/lib/python3/dist-packages"),
        }


def installations():
    """Every original ecFlow on this machine, oldest first."""
    found = []
    for root in [""] + sorted(glob.glob(os.path.join(ROOTS, "*/"))):
        with contextlib.suppress(Missing, OSError, subprocess.CalledProcessError):
            found.append(Installation(root.rstrip("/")))
    return sorted(found, key=lambda one: one.numbers)


def find(wanted):
    """The installation of a version ("5.9.2") or of a root directory; Missing if there is none."""
    if os.sep in wanted:
        return Installation(os.path.abspath(wanted))
    present = installations()
    for one in present:
        if one.version == wanted:
            return one
    raise Missing(
        "ecFlow %s is not here (present: %s); apt-get install ecflow-server ecflow-client"
        " python3-ecflow, or scripts/roots.sh" % (wanted, ", ".join(map(repr, present)) or "none")
    )


def selected():
    """What ECFLOW_SERVER asks for: versions or roots separated by commas; default: this machine's own."""
    names = [name.strip() for name in os.environ.get("ECFLOW_SERVER", "").split(",") if name.strip()]
    return [find(name) for name in names] if names else [Installation()]


def make_certificate(folder, name="server", phrase="test phrase", days=365, common_name=None, key="RSA-2048"):
    """Key, certificate, DH group and pass phrase file, made with openssl as the documentation tells.

    Differences from its letter: 2048 bits (OpenSSL 3 refuses 1024) and the DH group of RFC 7919, which
    takes no time. `name` is "server" or "<host>.<port>"; `key` may also be "P-256".
    """
    os.makedirs(folder, exist_ok=True)

    def path(extension):
        return os.path.join(folder, name + extension)

    def openssl(*arguments):
        subprocess.run(("openssl",) + arguments, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    phrase_file = path(".passwd")
    with open(phrase_file, "w") as out:
        out.write(phrase + "\n")
    os.chmod(phrase_file, 0o600)
    subject = "/CN=" + (common_name or socket.gethostname())
    if key == "P-256":
        curve = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256")
        openssl("genpkey", *curve, "-pass", "file:" + phrase_file, "-out", path(".key"))
    else:
        openssl("genrsa", "-des3", "-passout", "file:" + phrase_file, "-out", path(".key"), "2048")
    openssl(
        "req", "-new", "-key", path(".key"), "-passin", "file:" + phrase_file,
        "-subj", subject, "-out", path(".csr"),
    )  # fmt: skip
    if days > 0:
        validity = ["-days", str(days)]
    else:  # expired
        validity = ["-days", "1"]
    command = ["x509", "-req", "-in", path(".csr"), "-signkey", path(".key"), "-passin",
               "file:" + phrase_file, "-out", path(".crt")] + validity  # fmt: skip
    if days > 0:
        openssl(*command)
    else:
        _expired(folder, path, phrase_file, subject)
    group = os.path.join(folder, "dh2048.pem" if name == "server" else name + ".pem")
    openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", group)


def _expired(folder, path, phrase_file, subject):
    """A certificate whose last day is long over: only `openssl ca` takes both dates everywhere."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        index = os.path.join(work, "index.txt")
        open(index, "w").close()
        config = os.path.join(work, "ca.cnf")
        with open(config, "w") as out:
            out.write(
                "[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nnew_certs_dir=%s\nrand_serial=yes\n"
                "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n" % (index, work)
            )
        subprocess.run(
            ["openssl", "ca", "-batch", "-config", config, "-selfsign", "-keyfile", path(".key"),
             "-passin", "file:" + phrase_file, "-in", path(".csr"), "-out", path(".crt"), "-notext",
             "-startdate", "20200101000000Z", "-enddate", "20200102000000Z"],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip


def password_file(path, users, host, port, version="5.1.0"):
    """Writes a password file: {user: password} for one host and port. Mode 600."""
    with open(path, "w") as out:
        out.write("%s\n# user host port password\n" % version)
        for user, password in users.items():
            out.write("%s %s %s %s\n" % (user, host, port, password))
    os.chmod(path, 0o600)


class RealServer:
    """A running original server in a scratch directory; use it in a with block.

    tls: None, "server" (files server.*) or "host.port" (files <host>.<port>.*).
    passwords, custom_passwords: {user: plain password}; the password files of server and clients.
    white_list: text after the version line. http: HTTP transport (5.14 and later).
    variables, options: more environment, more options for the server. Attributes: host, port, directory (scratch),
    home (ECF_HOME), client_home (HOME of clients; certificates in .ecflowrc/ssl), installation.
    """

    def __init__(self, installation, tls=None, passwords=None, custom_passwords=None, white_list=None,
                 http=False, variables=None, certificate=None, options=()):  # fmt: skip
        self.installation = installation
        self.tls = tls
        self.passwords = passwords
        self.custom_passwords = custom_passwords
        self.white_list = white_list
        self.http = http
        self.variables = dict(variables or {})
        self.certificate = dict(certificate or {})
        self.options = list(options)
        self.host = "localhost"
        self.host_name = socket.gethostname()
        self.port = 0
        self.process = None
        self.directory = tempfile.mkdtemp(prefix="ecflow-server-")
        self.home = os.path.join(self.directory, "ecf")
        self.server_home = os.path.join(self.directory, "server_home")
        self.client_home = os.path.join(self.directory, "client_home")

    def __enter__(self):
        try:
            for folder in (self.home, self.server_home, self.client_home):
                os.mkdir(folder)
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exception):
        self.close()

    @property
    def ssl(self):
        """The clients' certificate directory."""
        return os.path.join(self.client_home, ".ecflowrc", "ssl")

    @property
    def server_ssl(self):
        return os.path.join(self.server_home, ".ecflowrc", "ssl")

    @property
    def certificate_name(self):
        return "server" if self.tls == "server" else "%s.%d" % (self.host_name, self.port)

    def path(self, extension):
        """A file in ECF_HOME named by host and port, as the server wants its own files."""
        return os.path.join(self.home, "%s.%d.ecf.%s" % (self.host_name, self.port, extension))

    def _prepare(self):
        if self.tls:
            make_certificate(self.server_ssl, self.certificate_name, **self.certificate)
            os.makedirs(self.ssl, exist_ok=True)
            name = self.certificate_name + ".crt"
            shutil.copy(os.path.join(self.server_ssl, name), os.path.join(self.ssl, name))
        if self.passwords is not None:
            self.write_passwords(self.passwords)
        if self.custom_passwords is not None:
            self.write_custom_passwords(self.custom_passwords)
        if self.white_list is not None:
            with open(self.path("lists"), "w") as out:
                out.write("#\n5.1.0\n" + self.white_list)

    def write_passwords(self, users):
        """(Re)writes the server's password file and the clients'. Reload the server's yourself."""
        password_file(self.path("passwd"), users, self.host_name, self.port)
        password_file(os.path.join(self.client_home, "passwd"), users, self.host_name, self.port)

    def write_custom_passwords(self, users):
        password_file(self.path("custom_passwd"), users, self.host_name, self.port)
        password_file(os.path.join(self.client_home, "custom_passwd"), users, self.host_name, self.port)

    def _start(self):
        for _ in range(20):
            self.port = random.randint(20000, 30000)
            if not _free(self.port):
                continue
            self._prepare()
            environment = _clean_environment()
            environment.update(
                HOME=self.server_home, ECF_HOME=self.home, ECF_PORT=str(self.port), LC_ALL="C.UTF-8"
            )
            if self.tls:
                environment["ECF_SSL"] = "1" if self.tls == "server" else self.certificate_name
            environment.update(self.variables)
            command = list(self.installation.server) + self.options
            if self.http:
                command.append("--http")
            self.process = subprocess.Popen(
                command, cwd=self.home, env=environment, stdin=subprocess.DEVNULL,
                stdout=open(os.path.join(self.directory, "server.out"), "ab"),
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            if self._listening():
                return
            if self.process.poll() is None:
                raise RuntimeError("server does not listen after %d s: %s" % (START_SECONDS, self.output()))
            if not _free(self.port):
                continue  # somebody else was faster
            raise RuntimeError(
                "server ended at start with code %d: %s" % (self.process.returncode, self.output())
            )
        raise RuntimeError("no free port found")

    def _listening(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                # It may be another server that took the port while ours gives up.
                time.sleep(0.1)
                return self.process.poll() is None
            time.sleep(0.05)
        return False

    def output(self):
        """What the server printed, for messages of failing tests."""
        with open(os.path.join(self.directory, "server.out"), errors="replace") as text:
            return text.read()[-2000:]

    def log(self):
        """The log up to now. Ours may write it 10 ms later."""
        if self.installation.ours:
            time.sleep(0.05)
        with open(self.path("log"), errors="replace") as text:
            return text.read()

    def environment(self, **more):
        """Environment of a client of this server; None removes a variable."""
        result = _clean_environment()
        result.update(HOME=self.client_home, ECF_HOST=self.host, ECF_PORT=str(self.port))
        if self.tls:
            result["ECF_SSL"] = "1" if self.tls == "server" else self.certificate_name
        if self.passwords is not None:
            result["ECF_PASSWD"] = os.path.join(self.client_home, "passwd")
        if self.custom_passwords is not None:
            result["ECF_CUSTOM_PASSWD"] = os.path.join(self.client_home, "custom_passwd")
        if self.http:
            result["ECF_HOST_PROTOCOL"] = "HTTP"
        result.update(more)
        return {name: str(value) for name, value in result.items() if value is not None}

    def client(self, *arguments, check=True, timeout=60, **variables):
        """Runs the original command-line client; the completed process, with text in and out."""
        done = subprocess.run(
            self.installation.client + list(arguments), env=self.environment(**variables),
            cwd=self.client_home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=timeout,
        )  # fmt: skip
        done.stdout = done.stdout.decode("utf-8", "surrogateescape")
        done.stderr = done.stderr.decode("utf-8", "surrogateescape")
        if check and done.returncode:
            raise RuntimeError("%s: %s%s" % (" ".join(arguments), done.stdout, done.stderr))
        return done

    def stop(self):
        """Ends the server the polite way, then the other; removes nothing."""
        if self.process is None:
            return
        if self.process.poll() is None:
            with contextlib.suppress(Exception):
                self.client("--terminate=yes", check=False, timeout=STOP_SECONDS)
                self.process.wait(STOP_SECONDS / 2)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # our own session: the server and its jobs
        self.process.wait()
        self.process = None

    def close(self):
        """Ends the server and removes its directory."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)


def _free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def _clean_environment():
    """This environment without what steers ecFlow or another Python."""
    dropped = ("ECF_", "NO_ECF", "PYTHON", "LD_")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)}


def main():
    """Lists what is present; the answer to "why does matrix not run"."""
    for one in installations():
        print(one)
    return 0


if __name__ == "__main__":
    sys.exit(main())
