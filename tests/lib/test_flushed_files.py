import os

from yige.lib.flushed_files import write_flushed


def test_file_and_every_new_folder_are_flushed(tmp_path, monkeypatch):
    flushed, real = [], os.fsync

    def watched(number):
        flushed.append(os.readlink(f"/proc/self/fd/{number}"))
        real(number)

    monkeypatch.setattr(os, "fsync", watched)
    path = tmp_path / "photos" / "ab" / "abc.jpg"

    write_flushed(path, b"pixels")

    assert path.read_bytes() == b"pixels"
    assert {*flushed} == {str(path), str(path.parent), str(path.parent.parent), str(tmp_path)}
