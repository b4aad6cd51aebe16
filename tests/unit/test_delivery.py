"""Files take their places whole or not at all."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from vnreport_ocr.delivery import PART, Delivery, remove_parts, whole_text
from vnreport_ocr.errors import OutputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_all_take_their_places_together(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a.txt", "b.pdf", "deep/c.csv"))
    with Delivery() as delivery:
        delivery.open_text(first).write("a")
        delivery.open_bytes(second).write(b"b")
        delivery.begin(third).write_text("c", encoding="utf-8")
        assert all(PART.fullmatch(name) for name in names(tmp_path) if name != "deep")
        assert delivery.deliver() == [first, second, third]
    assert (first.read_text("utf-8"), second.read_bytes(), third.read_text("utf-8")) == ("a", b"b", "c")
    assert names(tmp_path) == ["a.txt", "b.pdf", "deep"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError, ValueError])
def test_what_fails_or_is_interrupted_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "a.txt"
    target.write_text("as before", encoding="utf-8")

    def stopped() -> None:
        with Delivery() as delivery:
            delivery.open_text(target).write("half")
            delivery.begin(tmp_path / "b").touch()
            raise error

    with pytest.raises(error):
        stopped()
    assert names(tmp_path) == ["a.txt"]
    assert target.read_text(encoding="utf-8") == "as before"


def test_a_folder_in_the_place_of_one_leaves_all_as_they_were(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.json"
    first.write_text("as before", encoding="utf-8")
    second.mkdir()
    with Delivery() as delivery:
        delivery.open_text(first).write("new")
        delivery.open_text(second).write("new")
        with pytest.raises(IsADirectoryError) as caught:
            delivery.deliver()
    assert caught.value.filename == str(second)
    assert (first.read_text("utf-8"), names(tmp_path)) == ("as before", ["a.txt", "b.json"])


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
@pytest.mark.parametrize("too_late", [False, True])
def test_an_interrupt_between_two_of_them_parts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int, too_late: bool
) -> None:
    places = [tmp_path / name for name in ("a", "b", "c")]
    for place in places:
        place.write_text("as before", encoding="utf-8")
    move, done = Path.replace, iter(range(100))

    def interrupted(aside: Path, place: Path) -> Path:
        if next(done) != moved:
            return move(aside, place)
        if too_late:
            move(aside, place)
        raise KeyboardInterrupt

    def delivered() -> None:
        with Delivery() as delivery:
            for place in places:
                delivery.open_text(place).write("new")
            monkeypatch.setattr(Path, "replace", interrupted)
            delivery.deliver()
            monkeypatch.undo()

    if moved == len(places):
        delivered()
    else:
        with pytest.raises(KeyboardInterrupt):
            delivered()
    assert [place.read_text("utf-8") for place in places] == ["new"] * 3
    assert names(tmp_path) == ["a", "b", "c"]


def test_a_file_that_is_dropped_or_begun_again_leaves_nothing(tmp_path: Path) -> None:
    with Delivery() as delivery:
        delivery.open_bytes(tmp_path / "a").write(b"no")
        delivery.drop(tmp_path / "a")
        delivery.drop(tmp_path / "never begun")
        delivery.open_text(tmp_path / "b").write("first")
        delivery.open_text(tmp_path / "b").write("second")
        delivery.deliver()
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_text(encoding="utf-8") == "second"


@pytest.mark.usefixtures("umask")
def test_the_mode_is_that_of_a_new_file(tmp_path: Path) -> None:
    old = tmp_path / "a"
    old.touch(mode=0o600)
    with Delivery() as delivery:
        delivery.open_text(old)
        delivery.open_bytes(tmp_path / "b")
        delivery.deliver()
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"} == {0o640}


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    name = "ắ" * 83 + ".bin.x"
    assert len(name.encode()) == 255
    with whole_text(tmp_path / name) as file:
        file.write("a")
    assert names(tmp_path) == [name]


def test_what_lies_in_the_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "file").touch()
    with (
        pytest.raises(OutputError, match="There is a folder in its place") as caught,
        whole_text(tmp_path / "a"),
    ):
        pass
    assert caught.value.file == str(tmp_path / "a")
    with pytest.raises(OutputError, match="cannot be written"), whole_text(tmp_path / "file" / "b"):
        pass
    assert names(tmp_path) == ["a", "file"]


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("own", encoding="utf-8")
    (tmp_path / "a").symlink_to(tmp_path / "own")
    with whole_text(tmp_path / "a") as file:
        file.write("new")
    assert (tmp_path / "own").read_text(encoding="utf-8") == "own"
    assert not (tmp_path / "a").is_symlink()


def test_it_is_on_the_disk_before_it_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        assert names(tmp_path) != ["a", "b"]
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with Delivery() as delivery:
        delivery.open_text(tmp_path / "a").write("a")
        delivery.begin(tmp_path / "b").write_text("b", encoding="utf-8")
        delivery.deliver()
    assert set(synced) == {path.stat().st_ino for path in tmp_path.iterdir()}


def test_leftovers_and_nothing_else_are_removed(tmp_path: Path) -> None:
    leftover = Delivery().begin(tmp_path / "a")
    leftover.touch()
    (tmp_path / "my.part").touch()
    remove_parts([tmp_path, tmp_path / "not there", tmp_path / "my.part"])
    assert names(tmp_path) == ["my.part"]


def test_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    os.mkfifo(target)
    with pytest.raises(OutputError, match=r"a\.txt: A pipe, a device or a socket is in its place"), whole_text(target):
        pass
    assert target.is_fifo()
