"""Symbols of document numbers and abbreviations, counted over the corpora, to ``symbols.tsv``."""

import sys
from collections import Counter
from pathlib import Path

import regex

from tools.dictionaries.encode import paragraphs
from tools.dictionaries.inputs import of_texts
from vnreport_ocr.language.symbols import shape

_PART = r"\p{Lu}[\p{Lu}\p{Ll}&]{0,11}"
_CODE = regex.compile(rf"(?<![\w/])\d[\d.]*[a-z]?(?:/\d{{4}})?[-/]({_PART}(?:[-/–]{_PART})*)(?!\w)")
_ABBREVIATION = regex.compile(r"(?<![\w/.-])\p{Lu}{2,9}(?:[-/]\p{Lu}{2,6})*(?![\w-])")
_LEAST_CODE = 3
_LEAST_ABBREVIATION = 40
_DOMINANT = 20
_CAPITAL_LINE = 0.5
_PARTY = Path(__file__).with_name("party_symbols.txt")
_PARTY_LEAST = 20
"""As many times a symbol of the party counts at least: it is known, and no slip of another."""


def count_symbols(paths: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """How often each symbol follows a number, and each abbreviation stands in running text."""
    codes: Counter[str] = Counter()
    abbreviations: Counter[str] = Counter()
    for path in paths:
        for paragraph in paragraphs(path):
            codes.update(symbol.replace("–", "-") for symbol in _CODE.findall(paragraph))
            capitals = sum(c.isupper() for c in paragraph)
            if capitals < _CAPITAL_LINE * sum(c.isalpha() for c in paragraph):
                abbreviations.update(_ABBREVIATION.findall(paragraph))
    return codes, abbreviations


def _own_lists() -> dict[str, str]:
    lines = _PARTY.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ") for line in lines if line and not line.startswith("#"))


def party_symbols() -> list[str]:
    """Read our own list of the symbols of party documents."""
    parts = _own_lists()
    return [f"{kind}/{level}" for kind in parts["kinds"].split() for level in parts["levels"].split()]


def other_symbols() -> list[str]:
    """Read our own list of abbreviations that would be taken for slips."""
    return _own_lists()["others"].split()


def without_slips(counts: Counter[str]) -> Counter[str]:
    """Return the symbols that are not a rare variant of a far more frequent one of the same shape."""
    best: Counter[str] = Counter()
    for symbol, count in counts.items():
        best[shape(symbol)] = max(best[shape(symbol)], count)
    return Counter({symbol: count for symbol, count in counts.items() if count * _DOMINANT >= best[shape(symbol)]})


if __name__ == "__main__":
    found, short = count_symbols([Path(name) for name in sys.argv[2:]])
    together = Counter({s: c for s, c in found.items() if c >= _LEAST_CODE and any(x.isupper() for x in s[1:])})
    for symbol, count in short.items():
        if count >= _LEAST_ABBREVIATION:
            together[symbol] += count
    for symbol in party_symbols():
        together[symbol] = max(together[symbol], _PARTY_LEAST)
    kept = without_slips(together) | Counter(dict.fromkeys(other_symbols(), _PARTY_LEAST))
    rows = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    header = "# vnocr symbols 1; source: counts over the corpora that README.md names; licence: Apache-2.0"
    texts = [Path(name) for name in sys.argv[2:]]
    header = f"{header}; inputs: {of_texts(texts)}"
    Path(sys.argv[1]).write_text("\n".join([header, *(f"{s}\t{c}" for s, c in rows)]) + "\n", encoding="utf-8")
