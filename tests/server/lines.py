"""Real sockets against a real server: lines that are slow, deaf or dead, and a resident who is in a hurry."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time

from config.launcher.var import ROOT, var_folder
from config.server.words import web_words
from tests.crash.installation import free_port


class Served:
    """A program served as in production; `more` are further options of the server, `log` is where its lines go."""

    def __init__(self, application, *more, log=None, **environment):
        self.port = free_port()
        self.lines = []
        words = web_words("127.0.0.1", self.port, *more, application=application)
        mine = {"YIGE_VAR": str(var_folder() / "server"), "YIGE_DEMO": "1", **environment}
        self.process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, **mine},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )

    def __enter__(self):
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                self.ask("/")
                return self
            time.sleep(0.05)
        raise AssertionError("the server does not start")

    def __exit__(self, *_):
        for line in self.lines:
            line.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def line(self, said: bytes, *, deaf=False):
        """Open a line, say this and leave it open; a deaf one has hardly room for an answer."""
        line = socket.socket()
        if deaf:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(10)
        line.connect(("127.0.0.1", self.port))
        line.sendall(said)
        self.lines.append(line)
        return line

    def ask(self, path, body=None, *, seconds=3, method=None, **headers):
        """One request of somebody else; returns (status, headers, body)."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with contextlib.closing(line):
            line.request(method or ("POST" if body else "GET"), path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()


def upload(length, said=b"", path="/report/"):
    """The head of an upload of this length, and the beginning of its body."""
    head = f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + said
