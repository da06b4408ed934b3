"""The negative control: the program as it must not be. It says “received” before anything is committed."""

import io
import threading

from config.server.front import Front
from config.wsgi import application as honest


def hasty(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/report/":
        return honest(environ, start_response)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    later = {**environ, "wsgi.input": io.BytesIO(body)}
    threading.Timer(0.05, lambda: list(honest(later, lambda *_: None))).start()
    start_response("302 Found", [("Location", "/c/later/")])
    return [b""]


application = Front(hasty, proxied=True)
