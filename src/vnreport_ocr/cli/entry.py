"""What the installed command starts: signals are answered, and the workers' nursery is on its way, before anything
else is loaded.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from vnreport_ocr.cli import interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is not loaded yet
    from typing import NoReturn

_READING = ("clean", "inspect", "batch")
_FOR_TEXTS = ("vnreport_ocr.pipeline", "vnreport_ocr.repair.repairer")
_FOR_PAGES = (*_FOR_TEXTS, "vnreport_ocr.reading.pages")
_TEXTS = (".txt", ".md")


def entry() -> "NoReturn":
    """Run the command line and end the process with its exit code."""
    interrupts.leave_at_once()
    _speak_utf_8()
    _fill_streams()
    # Child programs have no use for it.
    password = os.environ.pop("VNOCR_PASSWORD", None)
    # Threads for matrices, of which there are none here, would keep a core busy for a tenth of a second at every start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    modules = modules_to_load(sys.argv[1:])
    if modules and sys.platform == "linux":
        from vnreport_ocr.jobs.starting import start_early

        start_early(modules)
    from vnreport_ocr.cli.main import drop_output, run
    from vnreport_ocr.errors import OutputError

    try:
        try:
            interrupts.raise_once()
            code = run(password=password)
        finally:
            interrupts.ignore()
    except KeyboardInterrupt:
        code = interrupts.tell()
    if modules:
        from vnreport_ocr.jobs.starting import end_early

        end_early()
    if code == OutputError.exit_code:
        drop_output()
    interrupts.wipe_off()
    sys.exit(code)


def modules_to_load(arguments: Sequence[str]) -> tuple[str, ...]:
    """Guess what workers will need for a command line; nothing where it starts none."""
    command = next((argument for argument in arguments if not argument.startswith("-")), None)
    if command not in _READING or not {"-h", "--help"}.isdisjoint(arguments):
        return ()
    files = [argument for argument in arguments if os.path.isfile(argument)]  # noqa: PTH113 - pathlib is not loaded yet
    return _FOR_TEXTS if files and all(name.lower().endswith(_TEXTS) for name in files) else _FOR_PAGES


def _speak_utf_8() -> None:
    """Take names, words and output for UTF-8 in every locale; where Python has begun otherwise, begin once more.

    In another one "nhân dân" would be typed, and found nowhere, and a file would have other names in two ledgers.
    """
    once = os.environ.get("PYTHONUTF8") != "1"  # python -E would not heed it, and begin again for ever
    if once and sys.getfilesystemencoding() != "utf-8" and os.name == "posix" and sys.executable:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _fill_streams() -> None:
    """Stand in for streams that were closed before the start (``>&-``): nothing to read, no place to write."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Read-only for the output too, so that a result which cannot be delivered is told and not lost.
            descriptor = os.open(os.devnull, os.O_RDWR if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))
