"""Files are written whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from rashomon.errors import OutputError
from rashomon.export import open_atomically, write_atomically


def test_writes_into_a_folder_that_it_makes(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "a.csv"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def fail_halfway() -> None:
        with open_atomically(path) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_halfway()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    in_the_way = tmp_path / "out"
    in_the_way.write_text("a file where a folder should be")
    with pytest.raises(OutputError, match=r"out/a\.csv: cannot be written: .*Choose another folder"):
        write_atomically(in_the_way / "a.csv", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        write_atomically(tmp_path / "folder", b"x")


def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    def fill_up() -> None:
        with open_atomically(path):
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space left on device"):
        fill_up()
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_and_the_file_keeps_its_permissions(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_atomically(pipe, b"through")
    reader.join(10)
    assert got == [b"through"]
    assert pipe.is_fifo()
    write_atomically(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()
