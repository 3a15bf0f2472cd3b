"""TLS, passwords and white lists: the Python client against the server of any version."""

import os
import pwd
import shutil

import ecflow
import pytest
import realserver

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def use(monkeypatch):
    """Make the environment that of a client of a server, and a client."""

    def make(server, **more):
        for name in list(os.environ):
            if name.startswith("ECF_"):
                monkeypatch.delenv(name)
        for name, value in server.environment(**more).items():
            if name not in ("ECF_HOST", "ECF_PORT"):
                monkeypatch.setenv(name, value)
        client = ecflow.Client(server.host, server.port)
        client.set_connection_attempts(1)
        client.set_retry_connection_period(0)
        return client

    return make


@pytest.fixture
def secure(installation):
    with realserver.RealServer(installation, tls="server") as server:
        yield server


def kind(call, *args):
    """The kind of the error that a call ends in."""
    with pytest.raises(ecflow.Error) as failure:
        call(*args)
    return failure.value.kind


def test_plain_and_what_does_not_fit(installation, use):
    with realserver.RealServer(installation) as server:
        client = use(server)
        assert client.ping() == 0
        assert client.server_version() == installation.version
        realserver.make_certificate(server.ssl)
        client.enable_ssl()
        assert kind(client.ping) == "tls_plain_server"
        client.disable_ssl()
        assert client.suites() == []


@pytest.mark.parametrize("value", ["1", "", "host.port"])
def test_ecf_ssl(secure, use, value):
    if value == "host.port":
        value = "%s.%d" % (secure.host_name, secure.port)
        shutil.copy(os.path.join(secure.ssl, "server.crt"), os.path.join(secure.ssl, value + ".crt"))
    client = use(secure, ECF_SSL=value)
    assert client.suites() == []
    assert client.get_certificate() == (value + ".crt" if "." in value else "server.crt")


@pytest.mark.parametrize("end", ["", "/"])
def test_ecf_ssl_dir(secure, use, end):
    client = use(secure, ECF_SSL=None, HOME="/nonexistent", ECF_SSL_DIR=secure.ssl + end)
    assert client.get_certificate() == ""
    client.enable_ssl()
    assert client.suites() == []


def test_enable_and_disable(secure, use):
    client = use(secure, ECF_SSL=None)
    assert kind(client.suites) == "plain_to_tls"
    client.enable_ssl()
    assert client.suites() == []
    client.disable_ssl()
    assert kind(client.suites) == "plain_to_tls"


def test_cafile_and_names(secure, use):
    client = use(secure, ECF_SSL=None, HOME="/nonexistent")
    assert kind(client.enable_ssl) == "tls_missing"
    assert kind(client.ping) == "tls_missing", "plain is not spoken in its place"
    client.enable_ssl(cafile=os.path.join(secure.ssl, "server.crt"))
    assert client.suites() == []


def test_strict_host_name(installation, use):
    with realserver.RealServer(
        installation, tls="server", certificate={"common_name": "elsewhere.example"}
    ) as server:
        client = use(server)
        assert client.suites() == [], "the name does not matter, as in the original"
        client.enable_ssl(verify_host_name=True)
        assert kind(client.suites) == "tls_host_name"


def test_files_of_one_server(installation, use):
    with realserver.RealServer(installation, tls="host.port") as server:
        client = use(server)
        assert client.suites() == []
        assert client.get_certificate() == "%s.%d.crt" % (server.host_name, server.port)
        client.set_host_port(server.host, server.port + 1)
        assert kind(client.ping) == "tls_missing", "chosen again"
        client.set_host_port(server.host, server.port)
        assert client.suites() == []


def test_another_certificate(secure, use, tmp_path):
    home = str(tmp_path)
    realserver.make_certificate(os.path.join(home, ".ecflowrc", "ssl"))
    client = use(secure, HOME=home)
    with pytest.raises(ecflow.TLSUntrustedError) as failure:
        client.ping()
    text = str(failure.value)
    assert text.count("  sha256 ") == 2 and os.path.join(home, ".ecflowrc", "ssl", "server.crt") in text


def test_an_expired_certificate(installation, use):
    with realserver.RealServer(installation, tls="server", certificate={"days": 0}) as server:
        assert kind(use(server).ping) == "tls_expired"


def test_child_commands_over_tls(secure, use):
    client = use(secure)
    client.restart_server()
    client.load("suite s\ntask t\nendsuite")
    client.set_child_path("/s/t")
    client.set_child_password("_DJP_")
    client.set_child_pid("1")
    client.set_child_try_no(1)
    client.set_child_timeout(1)
    client.begin_suite("s")
    client.child_init()
    assert client.query("state", "/s/t") == "active"
    client.child_complete()
    assert client.query("state", "/s/t") == "complete"


@pytest.mark.parametrize("tls", [None, "server"])
@pytest.mark.filterwarnings("ignore::ecflow.EcflowWarning")
def test_passwords(installation, use, tls):
    with realserver.RealServer(installation, tls=tls, passwords={ME: "secret"}) as server:
        client = use(server)
        assert client.suites() == []
        assert kind(use(server, ECF_PASSWD=None).suites) == "auth"
        wrong = os.path.join(server.directory, "wrong")
        realserver.password_file(wrong, {ME: "wrong"}, server.host_name, server.port)
        client = use(server, ECF_PASSWD=wrong)
        assert kind(client.suites) == "auth"
        client.set_password("secret")
        assert client.suites() == []
        server.write_passwords({ME: "changed"})
        assert client.reload_passwd_file() == 0
        assert kind(client.suites) == "auth"
        client.set_password("")
        assert kind(client.suites) == "auth", "from the file again"
        assert use(server).suites() == []


@pytest.mark.filterwarnings("ignore::ecflow.EcflowWarning")
def test_custom_users(installation, use):
    with realserver.RealServer(installation, custom_passwords={"fred": "fredpw"}) as server:
        client = use(server, ECF_USER="fred")
        assert client.suites() == []
        assert kind(use(server, ECF_USER="nobody").suites) == "auth"
        client = use(server)
        client.set_user_name("fred")
        assert client.suites() == []
        client.set_password("wrong")
        assert kind(client.suites) == "auth"
        client.set_password("fredpw")
        server.write_custom_passwords({"fred": "fredpw", "mary": "marypw"})
        assert client.reload_custom_passwd_file() == 0
        client.set_password("")
        client.set_user_name("mary")
        assert client.suites() == []


@pytest.mark.filterwarnings("ignore::ecflow.EcflowWarning")
def test_white_list(installation, use):
    with realserver.RealServer(
        installation, custom_passwords={"fred": "fredpw", "mary": "marypw"}, white_list="-fred\n"
    ) as server:
        reader = use(server, ECF_USER="fred")
        assert reader.suites() == []
        assert kind(reader.restart_server) == "auth"
        assert kind(use(server, ECF_USER="mary").suites) == "auth"


@pytest.mark.filterwarnings("ignore::ecflow.EcflowWarning")
def test_http(installation, use):
    if installation.numbers < (5, 14):
        pytest.skip("servers before 5.14 have no HTTP")
    with realserver.RealServer(installation, http=True) as server:
        assert use(server).suites() == []
        client = use(server, ECF_HOST_PROTOCOL=None)
        assert kind(client.suites) == "plain_to_tls"
        client.enable_http()
        assert client.server_version() == installation.version
