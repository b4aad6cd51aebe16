"""Slow trials of ``vnocr batch``, each told in a few lines; none of them is part of the tests.

    python scripts/sweep_archive.py small      2,000 small files: speed beside bare workers, memory, a rerun
    python scripts/sweep_archive.py kill       killed 20 times at random moments, compared byte for byte
    python scripts/sweep_archive.py fuzz       200 damaged copies of the samples among good files
    python scripts/sweep_archive.py full       a disk too small, then large enough; a read-only output (needs root)
    python scripts/sweep_archive.py million    a ledger and a folder of 1,000,000 files: rerun, forecast, status, report

The exit code is 1 where a trial does not show what it should.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.names import RESERVED
from vnreport_ocr.archive.plan import chunks
from vnreport_ocr.archive.recipe import recipes
from vnreport_ocr.archive.record import Record, RunState
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.options import Options
from vnreport_ocr.search.index import INDEX, Index

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

SENTENCES = (
    "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội quý {n}.",
    "Tổng diện tích gieo trồng đạt {n}.250 ha, bằng {n},5 % so với kế hoạch được giao.",
    "Các xã, thị trấn đã hoàn thành việc rà soát hộ nghèo trước ngày {n} tháng 6 năm 2019.",
    "Thu ngân sách trên địa bàn ước đạt {n} tỷ đồng, tăng so với cùng kỳ năm trước.",
    "Đề nghị các phòng, ban chuyên môn phối hợp chặt chẽ, bảo đảm tiến độ công việc số {n}.",
    "Tinh hinh an ninh chinh tri, trat tu an toan xa hoi tren dia ban co ban on dinh.",
)


def make_texts(folder: Path, count: int) -> None:
    """Small texts in the style of a report, none like the other."""
    chance = random.Random(1975)
    for number in range(count):
        lines = [chance.choice(SENTENCES).format(n=chance.randint(2, 98)) for _ in range(chance.randint(8, 40))]
        path = folder / f"{2010 + number % 12}" / f"bao-cao-{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"BÁO CÁO SỐ {number}\n" + "\n".join(lines) + "\n", encoding="utf-8")


def copy_samples(folder: Path) -> list[Path]:
    """Every sample, the bad ones too."""
    folder.mkdir(parents=True, exist_ok=True)
    endings = {".pdf", ".png", ".jpg", ".tif", ".tiff"}
    samples = sorted(path for path in SAMPLES.rglob("*") if path.suffix.lower() in endings)
    return [Path(shutil.copy(path, folder / path.name)) for path in samples]


def outputs(out: Path) -> dict[str, bytes]:
    """Return what was delivered."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".vnocr" not in path.parts and path.relative_to(out).parts[0] not in RESERVED
    }


def batch(folder: Path, out: Path, *more: str) -> list[str]:
    """Return the command line of a run."""
    return [sys.executable, "-m", "vnreport_ocr", "batch", str(folder), "-o", str(out), *more]


def resident() -> float:
    """Megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# What bare workers do: the pipeline and the outputs, no ledger, no scheduling.
_bare: list[object] = []


def bare_start() -> None:
    """Open everything once."""
    from vnreport_ocr.pipeline import Pipeline

    _bare.append(Pipeline(Options()))


def bare_file(paths: tuple[str, str]) -> int:
    """One file; returns its pages."""
    from vnreport_ocr.outputs.write import write
    from vnreport_ocr.pipeline import Pipeline

    cleaner = _bare[0]
    if not isinstance(cleaner, Pipeline):
        raise TypeError("bare_start was not called")
    source, stem = Path(paths[0]), Path(paths[1])
    pages = list(cleaner.iter_pages(source))
    write(pages, ("txt",), stem, source.name, Options())
    return len(pages)


def bare_seconds(names: list[Path], folder: Path, out: Path, jobs: int) -> float:
    """Measure the time that bare worker processes take."""
    work = [(str(folder / name), str(out / name)) for name in names]
    begun = time.perf_counter()
    with ProcessPoolExecutor(jobs, initializer=bare_start) as pool:
        list(pool.map(bare_file, work, chunksize=8))
    return time.perf_counter() - begun


def processor_seconds() -> float:
    """Measure what this process and its ended children have used."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def small(place: Path, count: int, jobs: int) -> bool:
    """Speed, memory and the rerun on many small files."""
    folder, out = place / "in", place / "out"
    make_texts(folder, count)
    names = sorted(path.relative_to(folder) for path in folder.rglob("*.txt"))
    # Half of the bare work before and half after, so that a machine that grows slower or faster is fair to both.
    used = [processor_seconds()]
    bare = bare_seconds(names[::2], folder, place / "bare", jobs)
    used.append(processor_seconds())
    memory: list[float] = []
    pages = 0
    begun = time.perf_counter()
    for number, told in enumerate(ArchiveRun(folder, out, Options(), Settings(jobs=jobs)).outcomes(), 1):
        pages += told.pages
        if number in (100, count):
            memory.append(resident())
    speed = pages / (time.perf_counter() - begun)
    used.append(processor_seconds())
    bare = count / (bare + bare_seconds(names[1::2], folder, place / "bare", jobs))
    used.append(processor_seconds())
    same = outputs(out) == outputs(place / "bare")
    begun = time.perf_counter()
    again = subprocess.run(batch(folder, out), capture_output=True, check=False)
    rerun = time.perf_counter() - begun
    print(f"bare workers {bare:.1f} pages/s, batch {speed:.1f} pages/s: {speed / bare:.2f}; same bytes: {same}")
    print(f"processor seconds: bare {used[1] - used[0] + used[3] - used[2]:.1f}, batch {used[2] - used[1]:.1f}")
    print(f"parent {memory[0]:.0f} MB after file 100, {memory[-1]:.0f} MB after file {count}")
    print(f"a rerun with nothing to do takes {rerun:.2f} s (exit code {again.returncode})")
    flat = memory[-1] < 250 and memory[-1] - memory[0] < 20
    return same and flat and speed >= 0.9 * bare and rerun < 3 and again.returncode == 0


def kill(place: Path, times: int, jobs: int) -> bool:
    """Killed at random moments; compared with an undisturbed run."""
    folder, out, calm = place / "in", place / "out", place / "calm"
    make_texts(folder, 150)
    copy_samples(folder / "samples")
    more = ("-j", str(jobs), "-f", "txt,json,csv")
    begun = time.perf_counter()
    subprocess.run(batch(folder, calm, *more), capture_output=True, check=False)
    lasted = time.perf_counter() - begun
    finished: dict[str, int] = {}
    chance = random.Random()
    for _ in range(times):
        process = subprocess.Popen(batch(folder, out, *more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 0.5 + lasted / 8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        finished |= {name: when for name, when in _finished(out).items() if name not in finished}
    left = len(_finished(calm)) - len(_finished(out))
    end = subprocess.run(batch(folder, out, *more), capture_output=True, text=True, check=False)
    same = outputs(out) == outputs(calm)
    now = _finished(out)
    twice = [name for name, when in finished.items() if now.get(name) != when]
    print(f"an undisturbed run takes {lasted:.1f} s; killed {times} times, {left} files were left for the last run")
    print(f"same bytes: {same}; done twice after they were finished: {len(twice)}; exit code {end.returncode}")
    return same and not twice


def _finished(out: Path) -> dict[str, int]:
    """Files the ledger calls finished, and when their outputs were written."""
    if not (out / "archive.db").exists():
        return {}
    base = sqlite3.connect(out / "archive.db")
    try:
        rows = base.execute("SELECT path, outputs FROM files WHERE state IN ('done', 'partial')").fetchall()
    except sqlite3.OperationalError:
        return {}  # killed before the tables were made
    finally:
        base.close()
    return {path: max((out / name).stat().st_mtime_ns for name, _ in json.loads(made)) for path, made in rows}


def fuzz(place: Path, count: int, jobs: int) -> bool:
    """Bad files among good ones: all accounted for, the good ones delivered."""
    folder, out = place / "in", place / "out"
    make_texts(folder, 50)
    samples = copy_samples(folder / "samples")
    chance = random.Random(2019)
    for number in range(count):
        source = chance.choice(samples)
        broken = _broken(source.read_bytes(), chance)
        (folder / f"fuzzed-{number:03}{source.suffix}").write_bytes(broken)
    end = subprocess.run(
        batch(folder, out, "-j", str(jobs), "--page-timeout", "60"), capture_output=True, text=True, check=False
    )
    base = sqlite3.connect(out / "archive.db")
    states = dict(base.execute("SELECT state, count(*) FROM files GROUP BY 1").fetchall())
    classes = base.execute(
        "SELECT error_class, count(*) FROM files WHERE error IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
    ).fetchall()
    faults = base.execute("SELECT path, error FROM files WHERE error_class = 'VnocrError'").fetchall()
    (texts,) = base.execute("SELECT count(*) FROM files WHERE kind = 'text' AND state = 'done'").fetchone()
    base.close()
    found = sum(1 for path in folder.rglob("*") if path.is_file())
    print(f"{found} files: {states}; exit code {end.returncode}; classes {dict(classes)}")
    for path, error in faults:
        print(f"  a fault of ours: {path}: {error}")
    traceback = "Traceback" in end.stderr
    if traceback:
        print(end.stderr[-2000:])
    accounted = sum(states.values()) == found and set(states) <= {"done", "partial", "failed"}
    return accounted and texts == 50 and end.returncode == 6 and not faults and not traceback


def _broken(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut off, or swapped."""
    way = chance.choice(("flip", "cut", "swap"))
    if way == "cut":
        return data[: chance.randint(1, len(data))]
    changed = bytearray(data)
    if way == "flip":
        for _ in range(chance.choice((1, 10, 100, 1000))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    size = chance.randint(1, max(1, len(changed) // 4))
    first, second = (chance.randrange(max(1, len(changed) - size)) for _ in range(2))
    piece = bytes(changed[first : first + size])
    changed[first : first + size] = changed[second : second + size]
    changed[second : second + size] = piece
    return bytes(changed)


def full(place: Path, count: int, jobs: int) -> bool:
    """Fill the disk, then make room; take away the right to write an output."""
    folder, out, calm = place / "in", place / "out", place / "calm"
    make_texts(folder, count)
    subprocess.run(batch(folder, calm, "-j", str(jobs)), capture_output=True, check=False)
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(out)], check=True)
    try:
        short = subprocess.run(batch(folder, out, "-j", str(jobs)), capture_output=True, text=True, check=False)
        part = outputs(out)
        whole = all(outputs(calm)[name] == content for name, content in part.items())
        print(f"full: exit code {short.returncode}, {len(part)} outputs, all whole: {whole}; it says: {short.stderr!r}")
        subprocess.run(["mount", "-o", "remount,size=50m", str(out)], check=True)
        resumed = subprocess.run(batch(folder, out, "-j", str(jobs)), capture_output=True, text=True, check=False)
        same = outputs(out) == outputs(calm)
        print(f"with room: exit code {resumed.returncode}, same bytes: {same}")
        make_texts(folder, count + 5)
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        closed = subprocess.run(batch(folder, out, "-j", str(jobs)), capture_output=True, text=True, check=False)
        look = subprocess.run(
            [sys.executable, "-m", "vnreport_ocr", "status", str(out)], capture_output=True, text=True, check=False
        )
        print(f"read-only: exit code {closed.returncode}; it says: {closed.stderr!r}; status: {look.returncode}")
        subprocess.run(["mount", "-o", "remount,rw", str(out)], check=True)
        after = subprocess.run(batch(folder, out, "-j", str(jobs)), capture_output=True, text=True, check=False)
        print(f"writable again: exit code {after.returncode}, {len(outputs(out))} outputs")
        lines = (short.stderr.strip().splitlines(), closed.stderr.strip().splitlines())
        return (
            (short.returncode, resumed.returncode, closed.returncode, look.returncode, after.returncode)
            == (5, 0, 5, 0, 0)
            and all(len(said) == 1 for said in lines)
            and whole
            and same
            and len(outputs(out)) == count + 5
        )
    finally:
        subprocess.run(["umount", str(out)], check=True)


_LINKS = 60_000
"""Names of one file; most file systems allow some more."""


def make_million(folder: Path, out: Path, count: int) -> None:
    """Make a folder of many names of a few small files, their outputs, and the ledger that says they are done."""
    recipe = recipes(Options(), ("txt",))["text"]
    first: dict[Path, Path] = {}

    def name_of(place: Path, name: str, number: int, content: bytes) -> Path:
        path = place / name
        if number % _LINKS == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            first[place] = path
            return path
        if number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        os.link(first[place], path)
        return path

    def rows() -> Iterator[Record]:
        for number in range(count):
            name = f"{2000 + number // 50_000}/{number // 1000:04}/báo-cáo-số-{number:07}.txt"
            stat = name_of(folder, name, number, b"So sach.\n").stat()
            name_of(out, f"{name}.txt", number, b"So sach.\n")
            yield Record(
                name, "text", stat.st_size, stat.st_mtime_ns, f"{number:064x}", *recipe, "done", 1, 0.1, 1, 0, 2, 0,
                round(0.5 + number % 500 / 1000, 3), '{"date": "ngày 3 tháng 2 năm 2021"}', f'[["{name}.txt", 9]]',
            )  # fmt: skip

    out.mkdir(parents=True)
    with Ledger(out / LEDGER) as ledger:
        run = ledger.begin_run(RunState(str(folder), 2, count, 9 * count))
        for chunk in chunks(rows()):
            ledger.put(chunk)
            marks = [(row.path, 1, "text", "clean", row.quality, 2, 0, 0, 0.1) for row in chunk]
            ledger.write("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)", marks)
        ledger.update_run(run, RunState(str(folder), 2, count, 9 * count, count, count, 0, 9 * count), "finished")
    with Index(out / INDEX) as index, index.together():
        index.base.execute("INSERT INTO upto VALUES (1, ?)", (run,))  # a run made it whole


def measured(arguments: list[str]) -> tuple[float, float, float, int]:
    """Seconds by the clock, processor seconds and greatest megabytes of a command, and its exit code."""
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, process.returncode


def million(place: Path, count: int, _jobs: int) -> bool:
    """Everything that looks at a whole archive, on a made one."""
    folder, out = place / "in", place / "out"
    make_million(folder, out, count)
    report = "import sys; from pathlib import Path; from vnreport_ocr.archive.report import write_report;"
    commands = {
        "rerun with nothing to do": (batch(folder, out), 60.0),
        "forecast of a first run": (batch(folder, place / "new", "--dry-run"), 120.0),
        "status": ([sys.executable, "-m", "vnreport_ocr", "status", str(out)], 1.0),
        "report": ([sys.executable, "-c", f"{report} write_report(Path(sys.argv[1]))", str(out)], 120.0),
    }
    well = True
    for name, (arguments, most) in commands.items():
        (out / "report.html").touch()  # a rerun with nothing to do writes none
        seconds, processor, memory, code = measured(arguments)
        print(f"{name}: {seconds:.2f} s ({processor:.2f} s of processor), {memory:.0f} MB, exit code {code}")
        well = well and code == 0 and processor < most and memory < 200
    print(f"ledger: {(out / LEDGER).stat().st_size / 1e6:.0f} MB for {count:,} files")
    return well


TRIALS = {
    "small": (small, 2000),
    "kill": (kill, 20),
    "fuzz": (fuzz, 200),
    "full": (full, 300),
    "million": (million, 1_000_000),
}


def main() -> int:
    """Make one trial, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trial", choices=[*TRIALS, "all"])
    parser.add_argument("--count", type=int, help="files (small, fuzz, full) or kills (kill)")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    failed = []
    for name in TRIALS if arguments.trial == "all" else (arguments.trial,):
        trial, usual = TRIALS[name]
        with tempfile.TemporaryDirectory(prefix="vnocr-sweep-") as place:
            well = trial(Path(place), arguments.count or usual, arguments.jobs)
        print(f"{name}: {'well' if well else 'NOT AS IT SHOULD BE'}")
        if not well:
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
