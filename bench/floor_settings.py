"""The product's settings with the floor's pages: the least a Django page can cost on this machine."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.floor"
