"""The error tree: each class carries its exit code and the cure it offers.

A message says what is wrong, with which file and page; the cure says what to do next.
Only the classes at the leaves are raised.
"""

import errno
from pathlib import Path
from typing import ClassVar


class VnocrError(Exception):
    """The base of all expected errors; the command line prints one as a single line."""

    exit_code: ClassVar[int] = 1
    cure: ClassVar[str] = "Run the command again with --debug and report what it prints."

    def __init__(
        self, problem: str, *, file: str | None = None, page: int | None = None, cure: str | None = None
    ) -> None:
        self.problem = problem
        self.file = file
        self.page = page
        self.advice = cure if cure is not None else self.cure
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with every part of the message."""
        notes = {"__notes__": self.__notes__} if hasattr(self, "__notes__") else {}
        return (_rebuild, (type(self), self.problem, self.file, self.page, self.advice), notes)

    def __str__(self) -> str:
        """Return one line: where, what, and what to do."""
        where = ""
        if self.file is not None:
            where = self.file + (f", page {self.page}" if self.page is not None else "") + ": "
        elif self.page is not None:
            where = f"page {self.page}: "
        return f"{where}{self.problem} {self.advice}".strip()


def internal_error(fault: Exception | str, where: str = "") -> VnocrError:
    """Return the error that is reported for a fault of the program itself, in one line whatever the fault says."""
    said = fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}"
    return VnocrError(f"An internal error ({' '.join(said.split())[:300]}{where}).")


def _rebuild(kind: type[VnocrError], problem: str, file: str | None, page: int | None, cure: str) -> VnocrError:
    return kind(problem, file=file, page=page, cure=cure)


class UsageError(VnocrError):
    """An invalid option or argument."""

    exit_code = 2
    cure = "See 'vnocr COMMAND --help'."


class OptionError(UsageError, ValueError):
    """A library option with an invalid value; also a ``ValueError``."""

    cure = "See the table of options in docs/library.md."


class QueryError(UsageError):
    """A search query that cannot be understood."""

    cure = 'Use words, "phrases", OR, NOT, beginnings*, a NEAR/5 b, and fields such as nam:2020..2023.'


class InputError(VnocrError):
    """The file itself is the problem; trying again will not help."""

    exit_code = 3
    cure = "Check the file; it was not changed."


class MissingFileError(InputError):
    """The file does not exist."""

    cure = "Check the path."


class UnreadableFileError(InputError):
    """The file exists but cannot be read."""

    cure = "Check its permissions and, if it is a link, what it points to."


class ChangedFileError(InputError):
    """The file changed while it was being read, so its pages would mix two documents."""

    cure = "Run the command again when nothing writes to the file."


class NotTextError(InputError):
    """A text was expected, but the file is not text."""

    cure = "Give a text file in UTF-8 (or UTF-16 with a byte order mark), a PDF, or a page image."


class UnsupportedFileError(InputError):
    """A file of an unsupported kind."""

    cure = (
        "Save it as a PDF and use that; vnocr reads PDFs, Word files (docx), texts and pictures (PNG, JPEG, TIFF, "
        "WebP, BMP, GIF, JPEG 2000, PPM, PGM, PBM, AVIF, HEIC)."
    )


class OversizedFileError(InputError):
    """A stream with more bytes than are accepted."""

    cure = "Save it to a file and give its path."


class TooManyPagesError(InputError):
    """A PDF with more pages than are read at once; a few bytes can name one page a million times."""

    cure = "Read some of them at a time, such as --pages 1-1000."


class UndrawnFormError(InputError):
    """A form (XFA) whose pages do not show what it says; only Adobe's programs draw it."""

    cure = "Open it in Adobe Reader, print it to a PDF, and use that."


class NotAPdfError(InputError):
    """A file named PDF that is not one."""

    cure = "Check how the file was saved or downloaded; a PDF begins with %PDF."


class DamagedPdfError(InputError):
    """A PDF so truncated or damaged that no page, or not this one, can be recovered."""

    cure = "Fetch or scan the file again; 'qpdf FILE OUT' may recover what is left."


class EncryptedPdfError(InputError):
    """A PDF that needs a password."""

    cure = "Give the password with --password."


class EmptyDocumentError(InputError):
    """A document without pages."""

    cure = "Check the file; it has nothing to read."


class OversizedPageError(InputError):
    """A page or picture too large to draw within the memory limit."""

    cure = "Split or rescale the page, or read only its text layer with --source layer."


class UnboundedPdfError(InputError):
    """A page or file that unpacks to, or draws, far more than a page can show; usually made to do harm."""

    cure = "If you trust the file, print it to a new PDF from a viewer and read that."


class DamagedImageError(InputError):
    """A picture that cannot be decoded."""

    cure = "Open the picture in a viewer and save it again, or scan the page again."


class DamagedWordError(InputError):
    """A Word file that cannot be read."""

    cure = "Open it in a word processor and save it again as docx."


class NotPdfAError(InputError):
    """A PDF that cannot become PDF/A without changing what it shows."""

    cure = "Leave out --pdfa, or convert the copy with Ghostscript: 'ocrmypdf --skip-text --output-type pdfa IN OUT'."


class DecisionsError(InputError):
    """A file that does not hold valid decisions."""

    cure = "Save the decisions again from the review page ('vnocr clean FILE -f html -o DIR')."


class NotADocumentError(InputError):
    """A JSON file that vnocr did not write."""

    cure = "Give a file written by 'vnocr clean FILE -f json -o DIR'."


class SetupError(VnocrError):
    """Something is missing on this machine."""

    exit_code = 4
    cure = "Run 'vnocr doctor'; it lists what is missing and how to install it."


class MissingEngineError(SetupError):
    """Tesseract is not installed."""

    cure = "Install it: 'apt install tesseract-ocr tesseract-ocr-vie' (dnf: tesseract tesseract-langpack-vie)."


class MissingLanguageError(SetupError):
    """Tesseract is installed, but not its Vietnamese model."""

    cure = "Install it: 'apt install tesseract-ocr-vie' (dnf: tesseract-langpack-vie; brew: tesseract-lang)."


class MissingPopplerError(SetupError):
    """The programs that draw PDF pages are not installed."""

    cure = "Install them: 'apt install poppler-utils' (brew: poppler)."


class MissingExtraError(SetupError):
    """An optional Python package that an option needs is not installed."""

    cure = "Install it with 'pip install vnreport-ocr[EXTRA]'."


class DictionaryError(SetupError):
    """A dictionary file is missing, truncated, or of another format."""

    cure = "Reinstall the package, or rebuild the file as dictionaries/README.md says."


class OpenFilesError(SetupError):
    """The system lets the process open no more files."""

    cure = "Allow more, such as 'ulimit -n 1024' before the command, or use fewer --jobs."


class NoRoomError(SetupError):
    """There is no space for the temporary files that reading a page needs."""

    cure = "Free some space there, or set TMPDIR to a folder with more space."


class UnfitMachineError(SetupError):
    """Raised by 'vnocr doctor' if something necessary is missing."""

    cure = "Do what is advised above, then run 'vnocr doctor' again."


class OutputError(VnocrError):
    """The result cannot be written."""

    exit_code = 5
    cure = "Check that the folder exists, is writable and has space, then run the same command again."


class BrokenLedgerError(OutputError):
    """The ledger of an archive is damaged; the outputs are still there."""

    cure = "Run the same 'vnocr batch' again with --rebuild-ledger; that makes a new ledger from the outputs."


class EngineError(VnocrError):
    """The engine failed on a page; the page is marked unread and the run continues."""

    exit_code = 6
    cure = "Run the page again with --pages; if it fails again, look at its picture."


class EngineTimeoutError(EngineError):
    """Something hung: the time ran out although hardly any work was done."""

    cure = "Run it again; if it hangs again, allow more time with --page-timeout."


class EngineKilledError(EngineError):
    """The engine was killed, usually for lack of memory."""

    cure = "Use fewer --jobs, or a machine with more memory."


class ProcessorLimitError(EngineKilledError):
    """A process used up the processor time that the system allows it."""

    cure = "Allow more, such as 'ulimit -t unlimited' before the command."


class PageTimeoutError(EngineError):
    """A page took more processor time than allowed."""

    cure = "Allow more with --page-timeout, or leave the page out with --pages."


class PageMemoryError(EngineError):
    """A page took more memory than allowed."""

    cure = "Allow more with --page-memory, or leave the page out with --pages."


class GarbledAnswerError(EngineError):
    """A worker sent an invalid answer and was ended; a malicious file may have taken it over."""

    cure = (
        "If the file comes from a stranger, do not open it with other programs; otherwise report what --debug prints."
    )


class PartialResultError(VnocrError):
    """Some pages or files could not be read, or only in part; everything else was delivered."""

    exit_code = 6
    cure = "Check the files and pages named above, or run the command again."


class CopyError(PartialResultError):
    """A copy of the original could not be made; the other outputs were written."""

    cure = "Leave the format out of -f, or save the file again with another program and try that."

    made: tuple[Path, ...] = ()
    """The outputs that were written nevertheless."""


class ArchiveBusyError(VnocrError):
    """Another run is using the same output folder."""

    exit_code = 7
    cure = "Wait for it, or watch it with 'vnocr status OUT'."


class StoppedError(VnocrError):
    """Stopped by the user; what was finished is kept."""

    exit_code = 130
    cure = "Run the same command again to continue."


def lacks_open_files(error: BaseException) -> bool:
    """Whether the system refused to open one more file, whichever it was."""
    return isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)


def unwritable(error: OSError, file: str | None = None) -> VnocrError:
    """Return why something cannot be written, told apart in the same way."""
    said = error.strerror or str(error)
    kind = OpenFilesError if lacks_open_files(error) else OutputError
    return kind(f"It cannot be written: {said}.", file=file)


def unreadable(error: OSError, file: str | None = None, cure: str | None = None) -> VnocrError:
    """Return why something cannot be read: for its own sake, or since the system lets no more files be opened."""
    said = error.strerror or str(error)
    if lacks_open_files(error):
        return OpenFilesError(f"It cannot be read ({said}).", file=file)
    return UnreadableFileError(f"It cannot be read ({said}).", file=file, cure=cure)
