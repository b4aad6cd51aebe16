"""The command ``vnocr``: a thin skin over the library. ``run`` is the same thing for use inside a process."""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click
from click.exceptions import NoArgsIsHelpError
from click.shell_completion import shell_complete

from vnreport_ocr.cli import interrupts
from vnreport_ocr.cli.saying import say
from vnreport_ocr.errors import (
    OpenFilesError,
    OutputError,
    StoppedError,
    VnocrError,
    internal_error,
    lacks_open_files,
)

COMMANDS = (
    "clean",
    "inspect",
    "batch",
    "status",
    "search",
    "serve",
    "export",
    "mcp",
    "eval",
    "diff",
    "apply",
    "terms",
    "doctor",
)
"""Each is a module of this package with a click command named ``command``; it is imported when it is needed."""

_NAME = "vnocr"
_COMPLETION = "_VNOCR_COMPLETE"
_BROKEN_PIPE = 128 + signal.SIGPIPE
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EBADF, errno.EIO, errno.EROFS, errno.EFBIG)


class _Commands(click.Group):
    """A group that imports a command only when it is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"vnreport_ocr.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from vnreport_ocr.cli.versions import describe  # asks the engine, which costs time no other command should pay

        click.echo(describe())
        ctx.exit()


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 success, 1 a bug in vnocr, 2 wrong usage, 3 a problem with the file, 4 something is "
    "missing on this machine, 5 the output cannot be written, 6 partly done, 7 another run is active, "
    "8 something needs repair (inspect FOLDER), 130 interrupted.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
              help="Show the versions of the program, the dictionaries and the engine, and exit.")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def group(debug: bool) -> None:
    """Turn damaged Vietnamese PDFs into clean, trustworthy text."""
    # Never set here: run() takes --debug out wherever it stands, since it must hold for errors of parsing too.
    del debug


def run(argv: Sequence[str] | None = None, password: str | None = None) -> int:
    """Run the command line inside this process and return its exit code; nothing is raised.

    ``password`` is what ``VNOCR_PASSWORD`` says where it has been taken out of the environment.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in given
    arguments = [argument for argument in given if argument != "--debug"]
    interrupts.begin()
    try:
        code = _invoke(arguments or ["--help"], password)
    except (KeyboardInterrupt, click.Abort):
        interrupts.heard()
        return _tell(StoppedError("Stopped."), debug)
    except Exception as error:
        interrupts.heard()
        return _answer(error, debug)
    return code if isinstance(code, int) else 0


def _answer(error: Exception, debug: bool) -> int:
    """Tell what went wrong in one line; returns the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has gone, as ``head`` does when it has seen enough.
        drop_output()
        return _BROKEN_PIPE
    if isinstance(error, StoppedError):
        return _tell(error, debug)
    if interrupts.was_raised():
        return _tell(StoppedError("Stopped."), debug)  # somebody took the interrupt for an error
    if isinstance(error, NoArgsIsHelpError):
        click.echo(error.format_message())  # a command of commands, with none of them
        return 0
    if isinstance(error, click.ClickException):
        return _tell_usage(error)
    if isinstance(error, VnocrError):
        return _tell(error, debug)
    if isinstance(error, MemoryError):
        return _tell(VnocrError("This machine has run out of memory.", cure="Use fewer --jobs or --pages."), debug)
    if lacks_open_files(error):
        return _tell(OpenFilesError("Too many files are open."), debug)
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        where = error.filename or "standard output"
        return _tell(OutputError(f"It cannot be written: {error.strerror}.", file=where), debug)
    # The last line of defence: a fault of ours is told in one line too.
    return _tell(internal_error(error), debug)


def _invoke(arguments: list[str], password: str | None) -> object:
    """Call the command without ``group.main``, which answers an interrupt by itself, with an empty line."""
    if _COMPLETION in os.environ:
        return shell_complete(group, {}, _NAME, _COMPLETION, os.environ[_COMPLETION])
    defaults = {} if password is None else {command: {"password": password} for command in COMMANDS}
    with group.make_context(_NAME, arguments, default_map=defaults) as context:
        code: object = group.invoke(context)
    sys.stdout.flush()
    return code


def drop_output() -> None:
    """Drop what Python still holds to be printed, so that it is not tried again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _tell(error: VnocrError, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    say(f"vnocr: {error}")
    return error.exit_code


def _tell_usage(error: click.ClickException) -> int:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "vnocr"
    problem = " ".join(error.format_message().split())
    say(f"{command}: {problem} See '{command} --help'.")
    return error.exit_code
