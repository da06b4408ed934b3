"""Before the program: a request takes a thread only when all of it is here, and leaves it before the answer travels.

Bodies are taken in by the event loop, which a thousand slow lines do not stop; what is too slow, too long or too much
for one address is refused. The program behind is plain WSGI, in a few threads that keep their database connections.
"""

import asyncio
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from config.server import lines
from config.server.calm_page import calm_answer
from yige.lib.networks import counted_network
from yige.web.bad_days import failing_part, note
from yige.web.middleware import MOST_BYTES

THREADS = 3  # one that waits for a locked row does not stop the others
IN_MEMORY = 256 * 1024
SILENT_SECONDS = 20  # nothing came for so long
GRACE_SECONDS, LEAST_RATE = 20, 1024  # bytes a second, once the line had its time
LONGEST_SECONDS = 15 * 60
QUICK_SECONDS = 3  # a body that is here by then is never counted: others' slow ones do not keep it out
MOST_SLOW = 400  # bodies still coming after that, in one process
MOST_SLOW_OF_ADDRESS = 100
MOST_WAITING = 300  # requests that wait for a thread; beyond, an honest “later” is better
# A form with files is mostly decoding: it waits in a lane of its own, never before somebody who only reads or writes.
UPLOAD_BYTES = 64 * 1024
MOST_UPLOADS = 30
HEALTH = "/healthz"
SINGLE = frozenset({"content-length", "content-type", "host", "authorization"})


class Refused(Exception):
    """This request is answered at the door; the number is the status."""

    def __init__(self, status: int):
        self.status = status


class LineGone(Exception):
    """Nobody is there any more to answer."""


class Lane:
    """Threads of one kind of request, and how many may wait for them."""

    def __init__(self, name: str, threads: int, most: int):
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.most, self.inside = threads + most, 0

    async def run(self, act: Callable, environ: dict):
        if self.inside >= self.most:
            raise Refused(503)
        self.inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, act, environ)
        finally:
            self.inside -= 1


class Front:
    """An RSGI application around a WSGI one."""

    def __init__(self, program: Callable, *, proxied: bool = False):
        """Behind a proxy all come from its address, so that only their number in all is minded."""
        self.program = program
        self.most_of_address = MOST_SLOW if proxied else MOST_SLOW_OF_ADDRESS
        self.requests = Lane("request", THREADS, MOST_WAITING)
        self.uploads = Lane("upload", 1, MOST_UPLOADS)
        # Whoever asks how we are is answered also when every thread has work.
        self.health = Lane("health", 1, MOST_WAITING)
        self.slow: Counter[str] = Counter()

    def __rsgi_init__(self, loop) -> None:
        lines.allow_many_lines()
        lines.cut_deaf_lines()

    async def __rsgi__(self, scope, proto) -> None:
        try:
            status, headers, body = await self._answer(scope, proto)
        except LineGone:
            return
        except Refused as refused:
            status = refused.status
            headers, body = calm_answer(status, scope.headers.get)
            headers.append(("connection", "close"))  # what else comes on this line was meant as a body
        except Exception as error:
            status = 503
            self._note(error)
            headers, body = calm_answer(status, scope.headers.get)
            headers.append(("connection", "close"))
        proto.response_bytes(status, headers, body)

    def _note(self, error: Exception) -> None:
        part = failing_part(error)
        if part:
            note(part, error)
        else:
            logging.getLogger("yige.server").error("the program did not answer", exc_info=error)

    async def _answer(self, scope, proto) -> tuple[int, list[tuple[str, str]], bytes]:
        length = declared_length(scope.headers)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            if 0 < length <= MOST_BYTES:  # beyond, the program says so, without having read it
                await self._take_in(scope, proto, body, length)
            environ = environ_of(scope, body, length)
            return await self._lane(scope, length).run(self._run, environ)

    async def _take_in(self, scope, proto, body, length) -> None:
        intake = asyncio.ensure_future(take_in(proto, body, length))
        done, _ = await asyncio.wait([intake], timeout=QUICK_SECONDS)
        if not done:
            await self._await_slow(intake, counted_network(address_of(scope.client)[0]))
        intake.result()
        body.seek(0)

    async def _await_slow(self, intake, address) -> None:
        if self.slow.total() >= MOST_SLOW or self.slow[address] >= self.most_of_address:
            intake.cancel()
            await asyncio.wait([intake])
            raise Refused(503)
        self.slow[address] += 1
        try:
            await asyncio.wait([intake])
        finally:
            self.slow[address] -= 1
            self.slow += Counter()  # forgets who has nothing coming

    def _lane(self, scope, length) -> "Lane":
        if scope.path == HEALTH:
            return self.health
        files = length > UPLOAD_BYTES and "multipart/form-data" in (scope.headers.get("content-type") or "")
        return self.uploads if files else self.requests

    def _run(self, environ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the program and take its whole answer, so that a slow reader keeps no thread."""
        started: list = []
        answer = self.program(environ, lambda *said: started.__setitem__(slice(None), said))
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = started[:2]
        return int(status[:3]), [(name.lower(), text) for name, text in headers], body


async def take_in(proto, body, length: int) -> None:
    """Write what comes into `body` until so much is there; raise Refused for a slow line, LineGone for a dead one."""
    began, taken = time.monotonic(), 0
    chunks = aiter(proto)
    while taken < length:
        try:
            chunk = await asyncio.wait_for(anext(chunks), SILENT_SECONDS)
        except TimeoutError:
            raise Refused(408) from None
        except StopAsyncIteration:
            raise LineGone from None
        taken += len(chunk)
        body.write(chunk)
        passed = time.monotonic() - began
        if passed > LONGEST_SECONDS or (passed > GRACE_SECONDS and taken < passed * LEAST_RATE):
            raise Refused(408)


def declared_length(headers) -> int:
    """Return how long the body says it is; a body that does not say is refused, browsers always do."""
    if "transfer-encoding" in headers:
        raise Refused(411)
    said = headers.get("content-length") or "0"
    if not (said.isascii() and said.isdecimal()):
        raise Refused(400)
    return int(said)


def environ_of(scope, body, length: int) -> dict:
    """Return the request as WSGI wants it."""
    address, port = address_of(scope.client)
    host, own_port = address_of(scope.server)
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": own_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address,
        "REMOTE_PORT": port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, text in scope.headers.items():
        if "_" not in name:  # the proxy's x-forwarded-for cannot be forged as x_forwarded_for
            add_header(environ, name, text)
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def add_header(environ: dict, name: str, text: str) -> None:
    key = name.upper().replace("-", "_")
    key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
    if key not in environ or name in SINGLE:
        environ[key] = text
    else:
        environ[key] += ("; " if name == "cookie" else ",") + text


def address_of(text: str) -> tuple[str, str]:
    """Split an address and its port; the brackets of IPv6 go."""
    host, _, port = text.rpartition(":")
    return host.strip("[]"), port
