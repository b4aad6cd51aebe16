"""The lock names every text that is counted, and a text that is another is told."""

import hashlib
from pathlib import Path

import pytest

from tools.dictionaries import sources
from tools.dictionaries.rebuild import LISTS, PLACES
from tools.dictionaries.sources import Locked, locked, main, problems
from tools.dictionaries.vocabulary import SOURCES


def test_the_lock_names_every_text_that_is_counted() -> None:
    counted = {source.name for source in SOURCES if source.name != PLACES}
    assert set(locked()) == counted | {Path(name).stem for name in LISTS}


def test_the_readme_of_the_dictionaries_names_every_text_too() -> None:
    page = (sources.ROOT / "dictionaries" / "README.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in page for name in locked())


@pytest.mark.parametrize(
    ("bytes_", "said"), [(b"one", None), (b"ones", "has 4 bytes"), (b"two", "another hash"), (None, "is not there")]
)
def test_a_text_that_is_not_the_one_is_told(tmp_path: Path, bytes_: bytes | None, said: str | None) -> None:
    if bytes_ is not None:
        (tmp_path / "a.txt").write_bytes(bytes_)
    wanted = Locked("a", "a.txt", 3, hashlib.sha256(b"one").hexdigest())
    told = list(problems(tmp_path, [wanted]))
    assert len(told) == (said is not None)
    assert all(str(said) in problem for problem in told)


def test_the_right_texts_are_prepared_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, into = tmp_path / "given", tmp_path / "into"
    (given / "corpora").mkdir(parents=True)
    text = given / "corpora" / "a.txt"
    text.write_text("Hội đồng nhân dân\n", encoding="utf-8")
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    lock = tmp_path / "sources.lock"
    monkeypatch.setattr(sources, "LOCK", lock)
    for size, code in ((text.stat().st_size, 0), (1, 1)):
        lock.write_text(f'[[source]]\nname = "a"\npath = "corpora/a.txt"\nbytes = {size}\nsha256 = "{digest}"\n')
        locked.cache_clear()
        assert main([str(given), "--into", str(into)]) == code
    assert (into / "corpora" / "a.txt").read_bytes() == text.read_bytes()
    assert "Nothing was prepared" in capsys.readouterr().err
    lock.write_text(f'[[source]]\nname = "a"\npath = "corpora/a.txt"\nbytes = 25\nsha256 = "{digest}"\n')
    locked.cache_clear()
    assert main([str(given / "corpora"), "--into", str(into)]) == 1
    assert f"FROM={given}\n" in capsys.readouterr().err
    locked.cache_clear()
