"""What a run did, counted as it goes: the closing line and the exit code derive from it."""

from collections import Counter
from dataclasses import dataclass, field

from vnreport_ocr import errors
from vnreport_ocr.attention import Matter, attention
from vnreport_ocr.errors import InputError, PartialResultError, VnocrError
from vnreport_ocr.model import Page
from vnreport_ocr.plurals import many

_FEW = 12
_SHORT = {
    Matter.DECISION: "decisions that no longer fit",
    Matter.FIGURE: "figures",
    Matter.LETTERHEAD: "letterhead",
    Matter.LEFT_OUT: "words left out",
    Matter.ATTACHED: "attached files",
    Matter.QUALITY: "low quality",
}
"""What is the matter with a page, as short as the closing line says it; --explain tells it at length."""


@dataclass(slots=True)
class Closing:
    """Counts of one run over one or more documents."""

    pages: int = 0
    words: int = 0
    corrections: int = 0
    doubts: int = 0
    left_out: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    doubtful_pages: list[str] = field(default_factory=list)
    incomplete_pages: list[str] = field(default_factory=list)
    unread_pages: list[str] = field(default_factory=list)
    unread_classes: Counter[str] = field(default_factory=Counter)
    other_cures: bool = False
    """Whether a page that could not be read has another cure than its class."""
    failures: list[VnocrError] = field(default_factory=list)
    delivered: int = 0
    _quality: float = 0.0
    _weight: int = 0

    def count(self, page: Page, name: str) -> None:
        """Take one page into account; ``name`` says which document it is of, where there are several."""
        label = f"{name}:{page.number}" if name else str(page.number)
        self.pages += 1
        if page.error is not None:
            self.unread_pages.append(label)
            self.unread_classes[page.error_class or ""] += 1
            self.other_cures |= not page.error.endswith(_kind(page.error_class).cure)
            return
        words = page.words
        self.words += words
        self.corrections += len(page.corrections)
        self.doubts += len(page.doubts)
        self.left_out += sum(len(part.text.split()) for part in page.left_out)
        self.sources[page.source] += 1
        self._quality += page.quality * max(1, words)
        self._weight += max(1, words)
        if page.incomplete is not None:
            self.incomplete_pages.append(label)
        elif reasons := attention(page):
            self.doubtful_pages.append(f"{label} ({', '.join(_SHORT[reason.matter] for reason in reasons)})")

    @property
    def quality(self) -> float:
        """Mean quality, each page weighing as much as it has words."""
        return self._quality / self._weight if self._weight else 0.0

    def sentence(self) -> str:
        """Return the closing line."""
        how = ", ".join(f"{number} {source}" for source, number in self.sources.most_common())
        parts = [
            many(self.pages, "page") + (f" ({how})" if how else ""),
            many(self.words, "word"),
            many(self.corrections, "correction"),
            f"mean quality {self.quality:.2f}",
        ]
        if self.left_out:
            parts.insert(2, f"{many(self.left_out, 'word')} left out")
        line = ", ".join(parts)
        if self.doubtful_pages:
            line += f"; {many(len(self.doubtful_pages), 'page')} to check: {_some(self.doubtful_pages)}"
        if self.incomplete_pages:
            line += f"; incomplete: {_some(self.incomplete_pages)}"
        if self.unread_pages:
            line += f"; unread: {_some(self.unread_pages)}"
        if self.failures:
            line += f"; {many(len(self.failures), 'file')} failed"
        return line + "."

    def error(self) -> VnocrError | None:
        """Return what the run must end with: nothing, the one failure there was, or the news that it is partly done."""
        if self.failures and not self.delivered:
            return max(self.failures, key=lambda error: (not isinstance(error, InputError), error.exit_code))
        if self.pages and len(self.unread_pages) == self.pages and not self.failures:
            # Nothing at all was read: the reason that most pages have is the reason of the run.
            kind = _kind(self.unread_classes.most_common(1)[0][0])
            problem = f"{many(self.pages, 'page')} could not be read, and there are no others."
            return kind(problem, cure="See above for what to do." if self.other_cures else None)
        if self.failures or self.unread_pages:
            counts = ((len(self.failures), "file"), (len(self.unread_pages), "page"))
            unread = " and ".join(many(number, what) for number, what in counts if number)
            return PartialResultError(f"{unread} could not be read.")
        if self.incomplete_pages:
            return PartialResultError(f"{many(len(self.incomplete_pages), 'page')} could not be read completely.")
        return None


def _kind(error_class: str | None) -> type[VnocrError]:
    kind = getattr(errors, error_class or "", None)
    return kind if isinstance(kind, type) and issubclass(kind, VnocrError) else PartialResultError


def _some(labels: list[str]) -> str:
    more = len(labels) - _FEW
    return ", ".join(labels[:_FEW]) + (f" and {more} more" if more > 0 else "")
