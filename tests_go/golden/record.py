#!/usr/bin/env python3
"""Record what an ecFlow client and server say to each other (plain TCP).

    record.py --listen 41000 --target 41001 --out 5.9.2.jsonl --version 5.9.2 [--via-file via] [--host 127.0.0.1]

Start it in front of a real server that listens on --target, and let the client talk to --listen. Each connection adds
one line of JSON to --out: {"version", "via", "request", "reply"}.

"via" is the first line of --via-file when the connection arrives: whoever drives the client writes there what is about
to run. Payloads stand without their header, decoded with surrogateescape; "reply" is null when the server gave none. A
header that is not eight characters of lower case hexadecimal, right aligned, is kept as "request_header" or
"reply_header".

Needs the standard library only.
"""

import argparse
import json
import socket
import threading

HEADER = 8


def read_exactly(sock, size):
    """Read size bytes, or fewer when the peer closes."""
    data = b""
    while len(data) < size:
        try:
            part = sock.recv(min(size - len(data), 1 << 16))
        except OSError:
            break
        if not part:
            break
        data += part
    return data


def read_message(sock):
    """Return header and payload; either may be short when the peer closes."""
    header = read_exactly(sock, HEADER)
    try:
        return header, read_exactly(sock, int(header.decode("ascii"), 16))
    except ValueError:
        return header, b""


def text(raw):
    return raw.decode("utf-8", "surrogateescape")


class Recorder:
    def __init__(self, options):
        self.options = options
        self.lock = threading.Lock()

    def via(self):
        try:
            with open(self.options.via_file) as file:
                return file.readline().rstrip("\n")
        except (OSError, TypeError):
            return "(unknown)"

    def serve(self):
        with socket.create_server((self.options.host, self.options.listen)) as listener:
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self.relay, args=(client, self.via()), daemon=True).start()

    def relay(self, client, via):
        """Pass one request on and its reply back, and write both down."""
        row = {"version": self.options.version, "via": via, "request": "", "reply": None}
        with client:
            try:
                header, request = read_message(client)
                self.note(row, "request", header, request)
                with socket.create_connection((self.options.host, self.options.target)) as server:
                    server.sendall(header + request)
                    header, reply = read_message(server)
                if header:
                    self.note(row, "reply", header, reply)
                    client.sendall(header + reply)
            except OSError as error:
                row["error"] = str(error)
        if row["request"] or row["reply"]:
            with self.lock, open(self.options.out, "a") as file:
                file.write(json.dumps(row) + "\n")

    @staticmethod
    def note(row, key, header, payload):
        row[key] = text(payload)
        if header != b"%8x" % len(payload):
            row[key + "_header"] = text(header)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--target", type=int, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--via-file")
    parser.add_argument("--host", default="127.0.0.1")
    Recorder(parser.parse_args()).serve()


if __name__ == "__main__":
    main()
