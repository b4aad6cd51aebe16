"""Lattices: candidates, joins, splits, capitals and alternatives as edges; what may not change is fixed."""

import numpy as np
import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.language.ngrams import NUMBER, PAUSE, SENTENCE
from vnreport_ocr.model import Token
from vnreport_ocr.repair.budget import Budget
from vnreport_ocr.repair.candidates import ChannelSource, Source
from vnreport_ocr.repair.evidence import Evidence
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.lattice import Aids, Lattice, build
from vnreport_ocr.repair.names import DocumentNames
from vnreport_ocr.repair.pairs import DocumentPairs, Pairs
from vnreport_ocr.repair.policies import MANNERS
from vnreport_ocr.repair.policy import Policy

VIE = ChannelSource(language(), language().confusions("vie"), MANNERS["vie"])
OTHER = ChannelSource(language(), language().confusions("other"), MANNERS["other"])


def lattice(text: str, policy: Policy, evidence: Evidence | None = None) -> Lattice:
    lines = Parsed(text.split("\n"))
    sentences = list(lines.sentences([True] * len(lines)))
    policies = [policy] * len(lines)
    active = [[item.may_change(digits=policy.digits) for item in sentence] for sentence in sentences]
    pairs = DocumentPairs(Pairs(language()), np.zeros(0, dtype=np.int64))
    aids = Aids(language(), evidence or Evidence(), pairs, DocumentNames(sentences), Budget())
    return build(sentences, policies, active, aids)


def origin(made: Lattice, edge: int) -> tuple[Item, int, str]:
    number = int(made.group_of[edge])
    return made.origin(number, edge - int(made.begins[number]))


def texts(made: Lattice, start: int, end: int, sentence: int = 0) -> set[str]:
    """What the edges between two places of a sentence say."""
    edges = made.edges
    here = np.flatnonzero((edges.sentence == sentence) & (edges.start == start) & (edges.end == end))
    return {origin(made, int(edge))[2] for edge in here if made.can_change[edge]}


def test_every_place_can_be_passed() -> None:
    made = lattice("Huyện uỷ giao 12 chi bộ.\nTỉnh uỷ họp", Policy(VIE))
    for sentence, length in enumerate(made.lengths):
        for place in range(int(length)):
            edges = made.edges
            assert ((edges.sentence == sentence) & (edges.start == place) & (edges.end == place + 1)).any()


def test_what_is_no_word_is_fixed() -> None:
    made = lattice("12, QL1A.", Policy(VIE))
    assert made.edges.first.tolist() == [NUMBER, PAUSE, NUMBER, SENTENCE]
    assert not made.can_change.any()


def test_a_word_has_its_candidates_and_itself() -> None:
    assert {"đồng", "déng"} <= texts(lattice("hdi déng", Policy(OTHER, digits=True)), 1, 2)


def test_a_source_of_none_leaves_the_line_alone() -> None:
    assert not lattice("hdi déng", Policy(None)).can_change.any()


@pytest.mark.parametrize(
    ("text", "end", "joined"), [("nh iệm kỳ", 2, "nhiệm"), ("đ ả n g viên", 4, "đảng"), ("T ỷ lệ", 2, "Tỷ")]
)
def test_fragments_are_joined(text: str, end: int, joined: str) -> None:
    assert joined in texts(lattice(text, Policy(VIE, join_cost=1.2, loose=True)), 0, end)


def test_words_over_a_line_end_or_a_comma_are_not_joined() -> None:
    policy = Policy(VIE, join_cost=1.2, loose=True)
    assert not texts(lattice("nh\niệm kỳ", policy), 0, 2)
    assert not texts(lattice("nh, iệm kỳ", policy), 0, 3)


def test_words_run_together_are_split() -> None:
    made = lattice("Tỉnhuỷ họp", Policy(VIE, split_cost=5.0))
    assert "Tỉnh uỷ" in texts(made, 0, 1) or "Tỉnh ủy" in texts(made, 0, 1)
    assert (made.edges.second >= 0).any()
    assert not (lattice("nghiêng ngả", Policy(VIE)).edges.second >= 0).any()


def test_a_line_in_capitals_stays_in_capitals() -> None:
    made = lattice("NGHỊ QUYẾt CỦA ĐẢNG", Policy(VIE))
    assert {"QUYẾT", "QUYẾt"} <= texts(made, 1, 2)


def test_the_engines_alternatives_are_edges() -> None:
    token = Token("hiên,", 5, None, 0.5, (("hiện,", 0.4), ("qwx,", 0.1)))
    found = texts(lattice("thực hiên, kế", Policy(VIE), Evidence({(0, 5): token})), 1, 2)
    assert "hiện" in found
    assert "qwx" not in found


def test_the_horn_behind_a_word_is_part_of_it() -> None:
    made = lattice("so' hữu", Policy(OTHER, digits=True))
    origins = [origin(made, int(edge)) for edge in np.flatnonzero(made.can_change)]
    assert 3 in {end for _, end, text in origins if text == "sơ"}


def test_a_change_costs_what_the_policy_says() -> None:
    free, dear = lattice("kế", Policy(VIE)), lattice("kế", Policy(VIE, change_cost=-4.0))
    own = next(edge for edge in range(free.edges.first.size) if origin(free, edge)[2] == "kế")
    difference = free.edges.score - dear.edges.score
    assert difference[own] == pytest.approx(0)
    assert (np.delete(difference, own) >= 0).all()
    assert np.delete(difference, own).max() == pytest.approx(4.0, abs=1e-4)


def test_sources_may_be_any() -> None:
    sources: list[Source] = [VIE, OTHER]
    assert all(source.find("bộ").texts for source in sources)
