"""The compiled part: it reckons what the array code reckons, and nothing breaks where it is missing."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import build_native
from vnreport_ocr.language.confusions import Confusions, Engine, ReadingCount
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.language.ngrams import NgramModel, open_model
from vnreport_ocr.native import channel as native_channel_module
from vnreport_ocr.native import library as library_module
from vnreport_ocr.native import ngrams as native_ngrams_module
from vnreport_ocr.native import scale as native_scale_module
from vnreport_ocr.native.channel import Search
from vnreport_ocr.native.library import FILE_NAME, SWITCH, library
from vnreport_ocr.repair.candidates import Sightings
from vnreport_ocr.repair.decode import Edges, decode

ROOT = Path(__file__).parents[3]
SOURCES = sorted((ROOT / "src" / "vnreport_ocr" / "native").glob("*.c"))
READINGS = ["nhi€m", "thwe", "hién", "1an", "t&,", "Séc", "&", "x4", "chtfc", "nghiéng", "TRUC", "Artemia", "tinh®",
            "q", "\0b", "\U0001f600n", "đồng", "x" * 12]  # fmt: skip

pytestmark = pytest.mark.skipif(library() is None, reason="the compiled part was not built here")


@pytest.fixture(scope="module")
def plain(request: pytest.FixtureRequest) -> tuple[dict[Engine, Confusions], NgramModel]:
    """The channels and the model without the compiled part."""
    language = open_language()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native_channel_module, "library", lambda: None)
        patch.setattr(native_ngrams_module, "library", lambda: None)
        tables, inventory = language.confusion_tables, language.lexicon.inventory
        engines: tuple[Engine, ...] = ("other", "vie")
        channels = {engine: Confusions(tables[engine], inventory) for engine in engines}
        return channels, open_model(language.folder / "ngrams.bin")


def agree(compiled: Confusions, arrays: Confusions, read: str, most: int) -> None:
    weights = np.linspace(0, 3, len(compiled.inventory.texts), dtype=np.float32)
    search, sure = Search(11.0, most, weights, -5.0), [3, 700, 9000]
    found, expected = compiled.pool(read, search, sure), arrays.pool(read, search, sure)
    assert found.forms.tolist() == expected.forms.tolist()
    assert np.allclose(found.scores, expected.scores, atol=1e-4)
    every = np.arange(0, len(compiled.inventory.texts), 7, dtype=np.int32)
    assert np.allclose(compiled.rescore(read, every), arrays.rescore(read, every), atol=1e-4)


@pytest.mark.parametrize("engine", ["other", "vie"])
@pytest.mark.parametrize("read", READINGS)
def test_the_same_forms_are_found(
    plain: tuple[dict[Engine, Confusions], NgramModel], engine: Engine, read: str
) -> None:
    agree(open_language().confusions(engine), plain[0][engine], read, 20_000)
    search = Search(11.0, 120, np.zeros(99_999, dtype=np.float32), 0.0)
    assert open_language().confusions(engine).pool(read, search, ()).forms.size <= 120


@settings(max_examples=100)
@given(st.text(alphabet="abcdđnghtuyớẳệéêi1€&®T \u0301", min_size=1, max_size=12))
def test_the_same_forms_are_found_in_any_text(plain: tuple[dict[Engine, Confusions], NgramModel], read: str) -> None:
    agree(open_language().confusions("other"), plain[0]["other"], read, 20_000)


@pytest.mark.parametrize("read", [*READINGS, "tinh", "Kế", "thé"])
@pytest.mark.parametrize("most", [3, 40])
def test_forms_are_weighed_alike(read: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = open_language().confusions("other")
    taught = channel.adapted([ReadingCount(1, "ế", "é", 50.0), ReadingCount(0, "đ", "d", 9.0)])
    weights = np.log(open_language().lexicon.counts + 1)[channel.inventory.word].astype(np.float32)
    pool = channel.pool(read, Search(11.0, 120, weights, -5.0), [7])
    compiled = Sightings.of(channel, weights)
    monkeypatch.setattr(native_scale_module, "library", lambda: None)
    arrays = Sightings.of(channel, weights)
    for anew in (None, taught):
        found, expected = (scale.weigh(read, pool, most, anew) for scale in (compiled, arrays))
        size = found.forms.size
        assert 0 < size == expected.forms.size
        assert found.forms.tolist() == expected.forms.tolist()
        assert found.words[:size].tolist() == expected.words[:size].tolist()
        assert found.cases[:size].tolist() == expected.cases[:size].tolist()
        assert np.allclose(found.scores[:size], expected.scores[:size], atol=1e-4)
        assert found.own == expected.own


def test_what_a_document_teaches_is_learned_alike(plain: tuple[dict[Engine, Confusions], NgramModel]) -> None:
    evidence = [ReadingCount(1, "ồ", "@", 50.0), ReadingCount(0, "đ", "cl", 9.0), ReadingCount(2, "ng", "ny", 3.0)]
    compiled, arrays = open_language().confusions("other").adapted(evidence), plain[0]["other"].adapted(evidence)
    for read in ("d@ng", "clong", "cl@ny"):
        agree(compiled, arrays, read, 20_000)
        parts = ("đ", "ồ", "ng")
        assert compiled.divide(read, parts) == arrays.divide(read, parts)
    assert compiled.divide("dong", ("đ", "ồ", "không")) is arrays.divide("dong", ("đ", "ồ", "không")) is None


def test_many_words_do_not_wear_it_out(plain: tuple[dict[Engine, Confusions], NgramModel]) -> None:
    """What it remembers is forgotten when there is too much of it, and reckoned again."""
    channel = open_language().confusions("other")
    search = Search(11.0, 120, np.zeros(len(channel.inventory.texts), dtype=np.float32), 0.0)
    first = channel.pool("nhi€m", search, ())
    for number in range(6000):
        channel.pool(f"{number:x}ng", search, ())
    again = channel.pool("nhi€m", search, ())
    assert first.forms.tolist() == again.forms.tolist()
    assert first.scores.tolist() == again.scores.tolist()


def test_threads_do_not_disturb_each_other() -> None:
    channel = open_language().confusions("other")
    search = Search(11.0, 120, np.zeros(len(channel.inventory.texts), dtype=np.float32), 0.0)

    def found(read: str) -> list[int]:
        forms: list[int] = channel.pool(read, search, ()).forms.tolist()
        return forms

    words = [
        f"{word}{tail}" for word in ("nhi", "thw", "d", "S", "tr") for tail in ("€m", "e", "@ng", "éc", "on", "a")
    ] * 20
    alone = [found(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(found, words)) == alone
    finally:
        sys.setswitchinterval(before)


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 6000), min_size=4, max_size=4), min_size=1, max_size=30))
def test_sequences_score_alike(plain: tuple[dict[Engine, Confusions], NgramModel], rows: list[list[int]]) -> None:
    words = np.array(rows, dtype=np.int64)
    compiled, arrays = open_language().ngrams, plain[1]
    contexts = np.zeros(len(rows), dtype=np.uint64)
    for place in range(3):
        contexts = compiled.extend(contexts, words[:, place])
    backoffs = arrays.backoffs(contexts)
    assert compiled.backoffs(contexts).tolist() == backoffs.tolist()
    assert (
        compiled.score(contexts, words[:, 3], backoffs).tolist()
        == arrays.score(contexts, words[:, 3], backoffs).tolist()
    )


@settings(max_examples=50)
@given(st.data())
def test_the_same_paths_are_found(plain: tuple[dict[Engine, Confusions], NgramModel], data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    rows: list[tuple[int, int, int, int, int]] = []
    choices = st.lists(st.integers(4, 900), min_size=1)
    for sentence, length in enumerate(lengths):
        for place in range(length):
            rows += [(sentence, place, place + 1, word, -1) for word in data.draw(choices)]
            if data.draw(st.booleans()):
                end, second = data.draw(st.integers(place + 1, length)), data.draw(st.integers(-1, 9))
                rows.append((sentence, place, end, 50, second))
    sentence_of, start, end_of, first, second_of = (np.array([row[n] for row in rows]) for n in range(5))
    scores = data.draw(st.lists(st.floats(-9, 0, width=16), min_size=len(rows), max_size=len(rows)))
    edges = Edges(sentence_of, start, end_of, first, second_of, np.array(scores, dtype=np.float32))
    found = decode(open_language().ngrams, edges, np.array(lengths), 1.1)
    assert found == decode(plain[1], edges, np.array(lengths), 1.1)


@pytest.mark.parametrize("name", ["text-wrong-language.txt", "text-letter-spaced.txt", "text-stripped.txt", "note.md"])
def test_without_it_texts_come_out_the_same(name: str) -> None:
    def cleaned(switch: str) -> str:
        command = [sys.executable, "-m", "vnreport_ocr", "clean", str(ROOT / "samples" / name)]
        environment = os.environ | {SWITCH: switch}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
        return done.stdout

    assert cleaned("1") == cleaned("0")


@pytest.mark.parametrize("content", [None, b"no library", b""])
def test_what_is_no_library_is_left_alone(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "__file__", str(tmp_path / "library.py"))
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    assert library.__wrapped__() is None


def test_one_from_other_sources_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "native.c"
    shutil.copy(SOURCES[0].with_name("native.c"), source)
    assert build_native.compiled([source], tmp_path / FILE_NAME) == ""
    monkeypatch.setattr(library_module, "__file__", str(tmp_path / "library.py"))
    assert library.__wrapped__() is not None
    source.write_text(source.read_text(encoding="utf-8") + "/* changed */\n", encoding="utf-8")
    assert library.__wrapped__() is None


def test_it_compiles_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_native, "FLAGS", (*build_native.FLAGS, "-Wall", "-Wextra", "-Werror"))
    assert build_native.compiled(SOURCES, tmp_path / FILE_NAME) == ""
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("compiler", ["false", "no-such-compiler"])
def test_a_compiler_that_fails_leaves_nothing(compiler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", compiler)
    assert build_native.compiled(SOURCES, tmp_path / FILE_NAME)
    assert list(tmp_path.iterdir()) == []


def test_without_a_compiler_the_wheel_fits_every_machine(tmp_path: Path) -> None:
    """Built from a copy, so that the checkout keeps its own library."""
    copy = tmp_path / "source"
    names = ["src", "dictionaries", "scripts", "pyproject.toml", "README.md", "LICENSE", "NOTICE"]
    copy.mkdir()
    for name in names:
        (copy / name).symlink_to(ROOT / name)
    (copy / "src").unlink()
    subprocess.run(["cp", "-r", str(ROOT / "src"), str(copy / "src")], check=True)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(copy)]
    done = subprocess.run(
        command, env=os.environ | {"CC": "no-such-compiler"}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "without its compiled part" in done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("py3-none-any.whl")


def test_where_there_is_a_compiler_the_compiled_part_is_built_and_used() -> None:
    if any(shutil.which(name) for name in ("cc", "gcc", "clang")) and os.environ.get(SWITCH) != "0":
        assert library() is not None, "run pip install -e . again; it says why the C files could not be compiled"


def test_a_build_never_takes_the_library_away_from_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds of one tree: while one compiles, what the other has made is there to be packed."""
    folder = tmp_path / build_native.FOLDER
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(b"of the other build")
    seen: list[bytes] = []

    def compiled(_sources: object, library: Path) -> str:
        seen.append(library.read_bytes())
        return ""

    monkeypatch.setattr(build_native, "compiled", compiled)
    hook: Any = build_native.NativeBuildHook
    hook(str(tmp_path), {}, None, None, str(tmp_path), "wheel").initialize("standard", {"artifacts": []})
    assert seen == [b"of the other build"]
