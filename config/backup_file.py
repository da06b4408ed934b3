"""A backup: one tar file with the database, the photos and a list of what is inside; keys are never in it."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.launcher import binaries

FORMAT = 1
CONTENTS, DATABASE, MEDIA = "contents.json", "database.dump", "media"


class NotUsable(Exception):
    """The backup, or the place it should go to, is not fit; the sentence says why."""


def write_backup(target: Path) -> Path:
    """Write a backup under its name only when it is whole and on the disk."""
    draft = target.with_name(target.name + ".new")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DATABASE
        # The database first: a photo is on the disk before the row that names it is committed.
        _client("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        members = {DATABASE: dump, **_photos()}
        with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            _pack(file, members)
            file.flush()
            os.fsync(file.fileno())
    draft.rename(target)
    return target


def read_backup(source: Path, *, replace: bool) -> dict:
    """Check every file of the backup, then bring database and photos back; returns what the backup says of itself."""
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        contents = _checked(unpacked)
        if _tables() and not replace:
            raise NotUsable("数据库里已有数据。确认要用备份覆盖时请加 --replace。")
        _restore(unpacked / DATABASE)
        _bring_photos(unpacked / MEDIA)
    return contents


def _pack(file, members: dict[str, Path]) -> None:
    with tarfile.open(fileobj=file, mode="w") as archive:
        sums = {name: _sum(path) for name, path in members.items()}
        contents = {"format": FORMAT, "at": timezone.now().isoformat(), "files": sums}
        text = json.dumps(contents, indent=1, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(CONTENTS)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
        for name, path in members.items():
            archive.add(path, name, recursive=False)


def _photos() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    return {f"{MEDIA}/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()}


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise NotUsable(f"备份文件打不开或已损坏：{error}") from None


def _checked(folder: Path) -> dict:
    try:
        contents = json.loads((folder / CONTENTS).read_text())
        broken = [name for name, mark in contents["files"].items() if _sum(folder / name) != mark]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotUsable("这不是一格的备份文件，或文件不完整。") from None
    if contents.get("format") != FORMAT or DATABASE not in contents["files"]:
        raise NotUsable("备份文件的格式与本版本不符。")
    if broken:
        raise NotUsable(f"备份文件已损坏：{broken[0]}")
    return contents


def _restore(dump: Path) -> None:
    # One transaction: either the old data or the backup's, never half of each. The schema is emptied rather
    # than cleaned by name, so tables that the backup does not know go too.
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
    script = _client("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(dump), connect=False)
    empty = f"DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema};"
    connection.close()
    words = ["-XAq", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", os.devnull]
    _client("psql", *words, "-c", empty, "-f", "-", said=script)


def _bring_photos(unpacked: Path) -> None:
    """Photos have names of their own for ever, so bringing them back never overwrites a different one."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(unpacked.rglob("*")):
        target = root / path.relative_to(unpacked)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _sum(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _client(program: str, *words: str, connect: bool = True, said: bytes | None = None) -> bytes:
    known = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    environment = {name: str(known[key]) for name, key in names.items() if known[key]} if connect else {}
    done = subprocess.run(  # noqa: S603
        [binaries.client(program), *words],
        env={**os.environ, **environment},
        input=said,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise NotUsable(f"{program} 失败：{done.stderr.decode(errors='replace').strip()[-600:]}")
    return done.stdout
