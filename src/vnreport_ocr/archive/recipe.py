"""What a text comes of besides the bytes of its file: options, dictionaries, and the programs that take part."""

import hashlib
import json
from dataclasses import asdict, replace
from typing import Final, NamedTuple

import vnreport_ocr
from vnreport_ocr.archive.programs import programs_version
from vnreport_ocr.archive.record import Record
from vnreport_ocr.language.files import dictionaries_version, find_dictionaries
from vnreport_ocr.options import Options

_READING: Final = {"pdf": 1, "image": 1, "text": 2, "docx": 1}
"""Raised for a kind of file that was read wrongly, so that ledgers of before let it be read again: of texts only the
first page was written.
"""


class Recipe(NamedTuple):
    """What a text comes of besides the bytes of its file."""

    options: str
    dictionaries: str
    programs: str

    @property
    def name(self) -> str:
        """One short name for all of them."""
        return hashlib.sha256(" ".join(self).encode()).hexdigest()[:12]

    def with_decisions(self, mark: str) -> "Recipe":
        """Return the recipe of a file that a person has decided about; the mark names the decisions."""
        return self._replace(options=f"{self.options}+{mark}") if mark else self

    def difference(self, record: Record) -> str | None:
        """Say what a file was read with that is another thing now; programs that are not known are taken as these."""
        if record.options != self.options:
            options = (str(told).partition("+")[0] for told in (record.options, self.options))
            return "other decisions" if len(set(options)) == 1 else "other options"
        if record.dictionaries != self.dictionaries:
            return "other dictionaries"
        return "other programs" if record.programs not in (None, self.programs) else None


def recipes(options: Options, formats: tuple[str, ...]) -> dict[str, Recipe]:
    """Return the recipe for each kind of file. What cannot change a text has no part in its recipe."""
    dictionaries = dictionaries_version(find_dictionaries(options.dictionaries))
    plain = Options()
    # More time or memory changes only what failed for want of it, and that is tried again in any case.
    for_pages = replace(options, page_timeout=plain.page_timeout, page_memory=plain.page_memory, dictionaries=None)
    for_texts = replace(for_pages, source=plain.source, language=plain.language)
    made = {}
    for kind, chosen in (("pdf", for_pages), ("image", for_pages), ("text", for_texts), ("docx", for_texts)):
        values = json.dumps([vnreport_ocr.__version__, _READING[kind], chosen.fingerprint(), sorted(set(formats))])
        name = hashlib.sha256(values.encode()).hexdigest()[:16]
        made[kind] = Recipe(name, dictionaries, programs_version(kind, chosen))
    return made


def told_options(options: Options) -> str:
    """Return what was asked for beside the usual, as JSON that a report can tell; never the password."""
    plain = asdict(Options())
    values = {name: value for name, value in asdict(options).items() if value != plain[name] and name != "password"}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
