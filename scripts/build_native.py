"""Builds the compiled part of the package while a wheel is made or the package is installed from its source.

Where there is no C compiler, or it fails, the package is built without: it does the same then, more slowly.
"""

import os
import platform
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("src", "vnreport_ocr", "native")
# What looks for the library says how it is called and what it is built from; it needs nothing but Python to run.
LIBRARY = runpy.run_path(str(Path(__file__).parents[1] / FOLDER / "library.py"))
# Nothing reckoned there is infinite or no number; to say so lets the compiler look for the greatest of several at once.
FLAGS = ("-O3", "-std=c11", "-fPIC", "-shared", "-ffp-contract=off", "-ffinite-math-only", "-fno-signed-zeros")


MACOS_TARGET = "11.0"
"""The oldest macOS that a library made there runs on, unless ``MACOSX_DEPLOYMENT_TARGET`` says otherwise."""


class NativeBuildHook(BuildHookInterface[Any]):
    """Compiles the C files beside the modules that call them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the library and make the wheel one for this machine; without it the wheel fits every machine."""
        if self.target_name != "wheel":
            return
        folder = Path(self.root) / FOLDER
        library = folder / str(LIBRARY["FILE_NAME"])
        # What is there is replaced, never taken away first: another build of the same tree may be packing it.
        problem = compiled(sorted(folder.glob("*.c")), library)
        if problem:
            library.unlink(missing_ok=True)
            self.app.display_warning(f"vnocr is installed without its compiled part and will be slower: {problem}")
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
        build_data["artifacts"].append(library.relative_to(self.root).as_posix())


def compiled(sources: Sequence[Path], library: Path) -> str:
    """Compile the library; return what went wrong, or nothing. A library appears whole or not at all."""
    command = shlex.split(os.environ.get("CC", "")) or [shutil.which("cc") or shutil.which("gcc") or ""]
    if not command[0]:
        return "there is no C compiler (gcc or clang) here"
    with tempfile.TemporaryDirectory(dir=library.parent) as scratch:
        made = Path(scratch) / library.name
        named = f'-DVNOCR_SOURCES="{LIBRARY["fingerprint"](sources[0].parent)}"'
        line = [*command, *FLAGS, named, "-o", str(made), *map(str, sources), "-lm"]
        try:
            done = subprocess.run(line, capture_output=True, text=True, check=False, env=compiler_environment())
        except OSError as error:
            return str(error)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"{command[0]} failed"
        made.replace(library)
    return ""


def compiler_environment() -> dict[str, str]:
    """Return what the compiler is told: on macOS the system that the tag of the wheel names."""
    return {"MACOSX_DEPLOYMENT_TARGET": MACOS_TARGET, **os.environ}


def platform_tag() -> str:
    """List the machines that a wheel built here fits."""
    if sys.platform == "darwin":
        target = compiler_environment()["MACOSX_DEPLOYMENT_TARGET"].split(".")
        return f"macosx_{target[0]}_{(*target, '0')[1]}_{platform.machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def get_build_hook() -> type[NativeBuildHook]:
    """Tell hatchling what it asks for."""
    return NativeBuildHook
