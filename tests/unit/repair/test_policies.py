"""Policies: how each line is treated follows from its damage."""

from tests.unit.repair.helpers import language
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.candidates import StrippedSource
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.policies import Policies
from vnreport_ocr.repair.policy import Policy
from vnreport_ocr.repair.terms import Terms, TermSource


def chosen(text: str, damage: Damage, rate: float = 0.01, terms: tuple[str, ...] = ()) -> list[Policy]:
    lines = Parsed(text.split("\n"))
    return Policies(language(), Terms(terms)).choose(lines, [Passage(0, len(lines), damage, rate)], {})


def test_foreign_and_empty_lines_are_left_alone() -> None:
    for damage in (Damage.FOREIGN, Damage.EMPTY):
        assert [policy.source for policy in chosen("a\nb", damage)] == [None, None]


def test_stripped_lines_have_their_own_source() -> None:
    (policy,) = chosen("Ban Thuong vu", Damage.STRIPPED)
    assert isinstance(policy.source, StrippedSource)


def test_the_fewer_errors_the_dearer_a_change() -> None:
    costs = [chosen("Tỉnh uỷ họp", Damage.CLEAN, rate)[0].change_cost for rate in (0.001, 0.01, 0.05, 0.2)]
    assert costs == sorted(costs)
    assert costs[0] < -3
    assert costs[-1] == 0


def test_torn_lines_are_joined_cheaply_and_digits_stay_figures() -> None:
    torn, whole = chosen("T ỷ l ệ h ộ n g h è o\nHội đồng nhân dân huyện", Damage.LIGHT)
    assert torn.loose
    assert not whole.loose
    assert torn.join_cost < whole.join_cost
    assert not torn.digits
    assert chosen("S6 hé nghéo", Damage.WRONG_LANGUAGE)[0].digits


def test_lines_of_a_letter_spaced_document_are_joined_more_cheaply() -> None:
    alone = chosen("Hội đồng nhân dân", Damage.LIGHT)[0]
    among = chosen("T ỷ l ệ h ộ\n" * 4 + "Hội đồng nhân dân", Damage.LIGHT)[-1]
    assert among.join_cost < alone.join_cost


def test_terms_wrap_every_source() -> None:
    for damage in (Damage.STRIPPED, Damage.WRONG_LANGUAGE, Damage.CLEAN):
        assert isinstance(chosen("xa Tanlaco", damage, terms=("Tanlaco",))[0].source, TermSource)


def test_documents_share_the_sources_that_none_has_adapted() -> None:
    policies = Policies(language(), Terms(()))
    assert policies.channel("vie") is policies.channel("vie")
    lines, passages = Parsed(["Tỉnh uỷ họp"]), [Passage(0, 1, Damage.CLEAN, 0.01)]
    own = policies.channel("vie").over(language().confusions("vie"))
    assert policies.choose(lines, passages, {"vie": own})[0].source is own
    assert policies.choose(lines, passages, {})[0].source is policies.channel("vie")
