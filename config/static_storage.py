"""Where static files lie: their addresses change with the whole house alone, so each is put together once."""

from functools import cache

from whitenoise.storage import CompressedStaticFilesStorage


class KnownAddresses(CompressedStaticFilesStorage):
    """Remembers the address of a file: a page names a dozen of them, each by joining and quoting."""

    def url(self, name: str) -> str:
        return address_of(self.base_url, name)


@cache
def address_of(base_url: str, name: str) -> str:
    return CompressedStaticFilesStorage(base_url=base_url).url(name)
