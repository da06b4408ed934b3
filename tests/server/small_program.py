"""A small program behind the door: what it got of a body, a big answer, a slow one. `bare` has no front before it."""

import errno
import time

from config.server.front import Front

BIG = 24 * 1024 * 1024


def bare(environ, start_response):
    got = len(environ["wsgi.input"].read())
    path = environ["PATH_INFO"]
    if path in ("/slow/", "/photo/"):
        time.sleep(1)
    if path == "/full/":
        raise OSError(errno.ENOSPC, "no space left")
    if path == "/broken/":
        raise KeyError("ours")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"x" * BIG if path == "/big/" else f"{environ['REQUEST_METHOD']} {path} {got}".encode()]


application = Front(bare)
