"""A scripted peer: answers requests on a loopback port as a test tells it to.

It is no server. It reads a frame, notes the request, and does what its
``script`` says for that kind of request: by default ping-like requests get
"ok", and requests for a text get one.
"""

import json
import socket
import threading

OK = ("StcCmd", {"api_": 0})


def text(s):
    """A reply that holds a text."""
    return ("SStringCmd", {"str_": s})


def error(s):
    """A refusal."""
    return ("ErrorCmd", {"error_msg_": s})


def encode(reply):
    """The bytes of a reply's frame."""
    name, fields = reply
    data = {"cereal_class_version": 0, "value0": {"cereal_class_version": 0}}
    data.update(fields)
    pointer = {
        "polymorphic_id": 2147483649,
        "polymorphic_name": name,
        "ptr_wrapper": {"id": 2147483649, "data": data},
    }
    payload = json.dumps({"22ServerToClientResponse": {"stc_cmd_": pointer}}, indent=0, ensure_ascii=False)
    raw = payload.encode("utf-8", "surrogateescape")
    return b"%8x" % len(raw) + raw


class Peer:
    """Listens until closed. ``requests`` are (type name, fields) pairs.

    ``script``: a function of (type name, fields) that gives a reply, bytes to
    send as they are, None to close without an answer, or STALL.
    """

    STALL = object()

    def __init__(self, script=None):
        self.script = script or (
            lambda name, fields: text("hello") if name in ("QueryCmd", "ServerVersionCmd") else OK
        )
        self.requests = []
        self.arrived = threading.Event()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self):
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(conn,), daemon=True).start()

    def _serve(self, conn):
        with conn:
            head = self._exactly(conn, 8)
            if head is None:
                return
            raw = self._exactly(conn, int(head, 16))
            if raw is None:
                return
            pointer = json.loads(raw.decode("utf-8", "surrogateescape"))["21ClientToServerRequest"]["cmd_"]
            name, fields = pointer["polymorphic_name"], pointer["ptr_wrapper"]["data"]
            self.requests.append((name, fields))
            self.arrived.set()
            answer = self.script(name, fields)
            if answer is Peer.STALL:
                self._over.wait(60)
            elif answer is not None:
                conn.sendall(answer if isinstance(answer, bytes) else encode(answer))

    @staticmethod
    def _exactly(conn, n):
        data = b""
        while len(data) < n:
            try:
                piece = conn.recv(n - len(data))
            except OSError:
                return None
            if not piece:
                return None
            data += piece
        return data

    def close(self):
        """Stop listening; stalled connections are closed."""
        self._over.set()
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
