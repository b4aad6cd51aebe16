"""The error tree: each class carries its exit code and the cure it offers.

A message says what is wrong, with which file and page; the cure says what to do next.
Only the classes at the leaves are raised.
"""

from pathlib import Path
from typing import ClassVar


class VnocrError(Exception):
    """Whatever can go wrong on purpose; the command line prints it in one line."""

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
        """Travel between processes with everything that was said."""
        notes = {"__notes__": self.__notes__} if hasattr(self, "__notes__") else {}
        return (_rebuild, (type(self), self.problem, self.file, self.page, self.advice), notes)

    def __str__(self) -> str:
        """One line: where, what, and what to do."""
        where = ""
        if self.file is not None:
            where = self.file + (f", page {self.page}" if self.page is not None else "") + ": "
        elif self.page is not None:
            where = f"page {self.page}: "
        return f"{where}{self.problem} {self.advice}".strip()


def _rebuild(kind: type[VnocrError], problem: str, file: str | None, page: int | None, cure: str) -> VnocrError:
    return kind(problem, file=file, page=page, cure=cure)


class UsageError(VnocrError):
    """An option or argument that cannot be followed."""

    exit_code = 2
    cure = "See 'vnocr COMMAND --help'."


class OptionError(UsageError, ValueError):
    """An option of the library with a value that it cannot have; a ``ValueError`` too."""

    cure = "See the table of options in docs/library.md."


class QueryError(UsageError):
    """A search that cannot be followed."""

    cure = 'Write words, "phrases", OR, NOT, beginnings*, a NEAR/5 b, and fields such as nam:2020..2023.'


class InputError(VnocrError):
    """The file itself is the trouble; trying again will not help."""

    exit_code = 3
    cure = "Check the file; it was left as it is."


class MissingFileError(InputError):
    """There is no such file."""

    cure = "Check the path."


class UnreadableFileError(InputError):
    """The file is there but may not be read."""

    cure = "Check its permissions and, where it is a link, what it leads to."


class ChangedFileError(InputError):
    """The file was changed while it was read: its pages would be those of two documents."""

    cure = "Run the command again once nobody writes to it."


class NotTextError(InputError):
    """A text was asked for and the bytes are none."""

    cure = "Give a text file in UTF-8 (or UTF-16 with its mark), a PDF, or a page image."


class UnsupportedFileError(InputError):
    """A file of a kind that is not read."""

    cure = (
        "Save it as a PDF and give that; what is read are PDFs, pictures (PNG, JPEG, TIFF, WebP, BMP, GIF, JPEG 2000, "
        "PPM, PGM, PBM, AVIF, HEIC) and texts."
    )


class OversizedFileError(InputError):
    """More bytes than are taken from a stream."""

    cure = "Save it as a file and give its path."


class NotAPdfError(InputError):
    """The name says PDF and the bytes do not."""

    cure = "Check how the file was saved or downloaded; a PDF begins with %PDF."


class DamagedPdfError(InputError):
    """A PDF that is cut off or broken inside, so that no page of it, or not this one, can be saved."""

    cure = "Fetch or scan the file again; 'qpdf FILE OUT' may save what is left of it."


class EncryptedPdfError(InputError):
    """A PDF that asks for a password."""

    cure = "Give the password with --password."


class EmptyDocumentError(InputError):
    """A document without a single page."""

    cure = "Check the file; there is nothing in it to read."


class OversizedPageError(InputError):
    """A page or picture too large to be drawn in the memory allowed."""

    cure = "Split or rescale the page, or read its text layer alone with --source layer."


class UnboundedPdfError(InputError):
    """A page or file that unpacks to, or draws, far more than any page can show: most often made to do harm."""

    cure = "If you trust the file, print it to a new PDF with a viewer and read that one."


class DamagedImageError(InputError):
    """A picture that cannot be decoded."""

    cure = "Open the picture in a viewer and save it again, or scan the page anew."


class DamagedWordError(InputError):
    """A Word file that cannot be read."""

    cure = "Open it in a word processor and save it again as docx."


class NotPdfAError(InputError):
    """A PDF that cannot be kept as PDF/A without changing what it shows."""

    cure = "Leave out --pdfa, or convert the copy with Ghostscript: 'ocrmypdf --skip-text --output-type pdfa IN OUT'."


class DecisionsError(InputError):
    """A file of a person's decisions that cannot be read as one."""

    cure = "Save the decisions again from the review page ('vnocr clean FILE -f html -o DIR')."


class NotADocumentError(InputError):
    """A JSON file that is not a document which vnocr wrote."""

    cure = "Give a file that 'vnocr clean FILE -f json -o DIR' wrote."


class SetupError(VnocrError):
    """Something this machine lacks."""

    exit_code = 4
    cure = "Run 'vnocr doctor'; it names what is missing and how to install it."


class MissingEngineError(SetupError):
    """Tesseract is not there."""

    cure = "Install it: 'apt install tesseract-ocr tesseract-ocr-vie' (dnf: tesseract tesseract-langpack-vie)."


class MissingLanguageError(SetupError):
    """Tesseract is there, its Vietnamese model is not."""

    cure = "Install it: 'apt install tesseract-ocr-vie' (dnf: tesseract-langpack-vie; brew: tesseract-lang)."


class MissingPopplerError(SetupError):
    """The programs that draw PDF pages are not there."""

    cure = "Install them: 'apt install poppler-utils' (brew: poppler)."


class MissingExtraError(SetupError):
    """An optional Python package that an option needs."""

    cure = "Install it with 'pip install vnreport-ocr[EXTRA]'."


class DictionaryError(SetupError):
    """A dictionary file that is missing, cut off, or of another format."""

    cure = "Install the package again, or rebuild the file as dictionaries/README.md says."


class NoRoomError(SetupError):
    """There is no room for the temporary files that reading a page needs."""

    cure = "Make room there, or name a folder with more room in TMPDIR."


class UnfitMachineError(SetupError):
    """What 'vnocr doctor' ends with where something that is needed is missing."""

    cure = "Follow the cures above, then run 'vnocr doctor' again."


class OutputError(VnocrError):
    """The result cannot be written."""

    exit_code = 5
    cure = "Check that the folder exists, may be written and has room, then run the same command again."


class BrokenLedgerError(OutputError):
    """The ledger of an archive is damaged; what was delivered is still there."""

    cure = "Run the same 'vnocr batch' again with --rebuild-ledger; it makes a new ledger from the outputs."


class EngineError(VnocrError):
    """The engine failed on a page; the page is marked unread and the rest goes on."""

    exit_code = 6
    cure = "Run the page again with --pages; if it fails again, look at its picture."


class EngineTimeoutError(EngineError):
    """Something hung: the clock ran out, though hardly any work was done."""

    cure = "Run it again; where it hangs again, allow more time with --page-timeout."


class EngineKilledError(EngineError):
    """The engine was killed, most often for want of memory."""

    cure = "Use fewer --jobs, or a machine with more memory."


class PageTimeoutError(EngineError):
    """A page took more processor time than it may, wherever it went."""

    cure = "Allow more with --page-timeout, or leave the page out with --pages."


class PageMemoryError(EngineError):
    """A page took more memory than it may, wherever it went."""

    cure = "Allow more with --page-memory, or leave the page out with --pages."


class GarbledAnswerError(EngineError):
    """A worker said something that is no answer; a file that does harm may have taken it over. It was ended."""

    cure = "Open the file with no other program if it comes from a stranger; else report what --debug prints."


class PartialResultError(VnocrError):
    """Some pages or files could not be read, or not all of them; everything else was delivered."""

    exit_code = 6
    cure = "The files and pages named above need a person, or another run."


class CopyError(PartialResultError):
    """A copy of the original could not be made; the other outputs are there."""

    cure = "Leave the format out of -f, or save the file anew with another program and try that."

    made: tuple[Path, ...] = ()
    """The outputs that were written all the same."""


class ArchiveBusyError(VnocrError):
    """Another run works on the same output folder."""

    exit_code = 7
    cure = "Wait for it, or watch it with 'vnocr status OUT'."


class StoppedError(VnocrError):
    """Stopped by the user; what was finished is kept."""

    exit_code = 130
    cure = "Run the same command again to go on."
