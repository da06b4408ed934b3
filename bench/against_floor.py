"""A workload and its floor, measured one after the other by the same browsers."""

import threading

from bench.clients import Browser, measure

local = threading.local()


def browser(here, server="product", who=None):
    """Return this thread's own browser for a server and a person."""
    name = f"{server}-{who}"
    if not hasattr(local, name):
        cookie = dict([here.cookies[who].split(":")]) if who else {}
        setattr(local, name, Browser(here.url(server), **cookie))
    return getattr(local, name)


def against_floor(here, seconds, work, floor, clients=8):
    """Measure a workload and its floor and the ratio of their CPU."""
    least = measure(here.pids("floor"), floor, clients=clients, seconds=seconds / 2)
    done = measure(here.pids(), work, clients=clients, seconds=seconds)
    return {"product": done, "floor": least, "ratio": round(done["cpu_ms"] / least["cpu_ms"], 2)}
