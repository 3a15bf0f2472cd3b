"""ECF_PROXY counts, ALL_PROXY does not; before a fork and after it."""

import socket
import threading

import pytest
from conftest import run
from peer import Peer


class ConnectProxy:
    """An HTTP proxy for CONNECT alone, which leads everything to one port here."""

    def __init__(self, port):
        self.port, self.targets = port, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://fred:a-secret@127.0.0.1:%d" % self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.tunnel, args=(near,), daemon=True).start()

    def tunnel(self, near):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            more = near.recv(1000)
            if not more:
                return near.close()
            head += more
        self.targets.append(head.split()[1].decode())
        if b"Proxy-Authorization: Basic ZnJlZDphLXNlY3JldA==" not in head:
            near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return near.close()
        far = socket.create_connection(("127.0.0.1", self.port))
        near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        back = threading.Thread(target=self.copy, args=(far, near), daemon=True)
        back.start()
        self.copy(near, far)
        back.join()
        near.close()
        far.close()

    @staticmethod
    def copy(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


PING = """
import os, sys
import ecflow
client = ecflow.Client("far.away", 3141)
client.ping()
pid = os.fork()
if pid == 0:
    client.ping()
    os._exit(0)
print(os.waitpid(pid, 0)[1])
"""


def test_a_proxy_is_used_before_and_after_a_fork():
    with Peer() as peer, ConnectProxy(peer.port) as proxy:
        assert run(PING, env={"ECF_PROXY": proxy.url}) == "0\n"
        assert proxy.targets == ["far.away:3141"] * 2


def test_the_proxy_of_the_system_is_left_alone():
    with Peer() as peer, ConnectProxy(peer.port) as proxy:
        code = """
import ecflow
client = ecflow.Client("no-such-host.invalid", 3141)
client.set_connection_attempts(1)
try: client.ping()
except RuntimeError as e: print("resolved" in str(e))
"""
        assert run(code, env={"ALL_PROXY": proxy.url}) == "True\n"
        assert proxy.targets == []


@pytest.mark.parametrize("url", ["http://fred:a-secret@127.0.0.1:1", "ftp://fred:a-secret@h"])
def test_errors_name_the_proxy_and_not_its_password(url):
    code = """
import ecflow
client = ecflow.Client("far.away", 3141)
client.set_connection_attempts(1)
try: client.ping()
except RuntimeError as e: print(str(e), repr(e), repr(client))
"""
    text = run(code, env={"ECF_PROXY": url})
    assert "proxy" in text and "secret" not in text
