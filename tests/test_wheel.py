"""What `pip install` gives a user: the wheel is built, installed in a fresh environment, and cleans a line."""

import os
import runpy
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from vnreport_ocr.native.library import FILE_NAME, library

pytestmark = pytest.mark.xdist_group("wheel")  # one worker builds it

ROOT = Path(__file__).parent.parent
MOST_BYTES = 46_000_000


def run(*command: str | Path, cwd: Path, text: str | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env=environment, input=text, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path) -> Path:
    """A fresh environment with the wheel alone; what it depends on is borrowed from this one to save minutes."""
    home = wheel.parent / "env"
    venv.create(home, with_pip=False)
    fresh = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", fresh, "install", "--no-deps", "--no-index", wheel, cwd=wheel.parent)
    packages = run(fresh, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=wheel.parent).strip()
    # A folder named in a .pth file gives its packages, but not the .pth files in it: the checkout stays out.
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(packages) / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return fresh


@pytest.mark.parametrize(("asked", "tag"), [(None, "macosx_11_0_"), ("12.3", "macosx_12_3_"), ("13", "macosx_13_0_")])
def test_on_macos_the_tag_names_the_system_the_library_is_made_for(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, tag: str
) -> None:
    hook = runpy.run_path(str(ROOT / "scripts" / "build_native.py"))
    monkeypatch.delenv("MACOSX_DEPLOYMENT_TARGET", raising=False)
    if asked is not None:
        monkeypatch.setenv("MACOSX_DEPLOYMENT_TARGET", asked)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert hook["platform_tag"]().startswith(tag)
    given = hook["compiler_environment"]()["MACOSX_DEPLOYMENT_TARGET"]
    assert tag == f"macosx_{given.replace('.', '_')}_" or (given, tag) == ("13", "macosx_13_0_")


def test_a_release_refuses_a_wheel_with_libraries_of_others(wheel: Path, tmp_path: Path) -> None:
    added_files = runpy.run_path(str(ROOT / "scripts" / "build_wheels.py"))["added_files"]
    assert added_files(wheel, wheel) == set()
    grown = tmp_path / wheel.name
    grown.write_bytes(wheel.read_bytes())
    with zipfile.ZipFile(grown, "a") as packed:
        packed.mkdir("vnreport_ocr.libs")  # as newer tools do
        packed.writestr("vnreport_ocr.libs/libgomp.so.1", b"")
    assert added_files(wheel, grown) == {"vnreport_ocr.libs/libgomp.so.1"}


def test_the_wheel_carries_what_it_needs_and_little_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "vnreport_ocr/py.typed" in names
    assert any(name.startswith("vnreport_ocr/dictionaries/") for name in names)
    of_site = ("templates/page.html", "static/site.css", "static/site.js")
    assert {f"vnreport_ocr/serve/{name}" for name in of_site} <= {*names}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert all(name.startswith(("vnreport_ocr/", "vnreport_ocr-")) for name in names)
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_carries_the_compiled_part_where_it_could_be_built(wheel: Path) -> None:
    compiled = any(name == f"vnreport_ocr/native/{FILE_NAME}" for name in zipfile.ZipFile(wheel).namelist())
    assert compiled == (library() is not None)
    assert wheel.name.endswith("py3-none-any.whl") != compiled


def test_the_installed_package_reads_its_own_dictionaries(python: Path, tmp_path: Path) -> None:
    program = (
        "import vnreport_ocr\n"
        "from vnreport_ocr.language.files import find_dictionaries\n"
        "print(vnreport_ocr.__file__, find_dictionaries(None), sep='\\n')"
    )
    package, dictionaries = (Path(line) for line in run(python, "-c", program, cwd=tmp_path).splitlines())
    assert package.is_relative_to(python.parent.parent)
    assert dictionaries == package.parent / "dictionaries"


def test_the_installed_command_cleans_a_line(python: Path, tmp_path: Path) -> None:
    command = python.with_name("vnocr")
    assert run(command, "--version", cwd=tmp_path).startswith("vnocr 0.")
    cleaned = run(command, "clean", "-", cwd=tmp_path, text="Hoi dong nhan dan tinh bao cao\n")
    assert cleaned == "Hội đồng nhân dân tỉnh báo cáo\n"


def test_the_installed_package_is_typed_and_few_names_are_public(python: Path, tmp_path: Path) -> None:
    program = "import vnreport_ocr as v; print(*v.__all__); [getattr(v, name) for name in v.__all__]"
    names = run(python, "-c", program, cwd=tmp_path).split()
    assert names == sorted(names)
    assert len(names) <= 17
