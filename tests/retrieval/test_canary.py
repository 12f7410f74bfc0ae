"""What a reader may not see changes nothing of what they are shown: no hit, count, facet, order, suggestion or spelling."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kmportal.retrieval import semantic
from kmportal.retrieval.engine import find, similar, suggest
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.sources import Text
from tests.retrieval.corpus import ANYBODY, day, empty, fill, text
from tests.retrieval.meaning import by_letters

pytestmark = pytest.mark.django_db

WORDS = [
    "การจัดการความรู้",
    "น้ำท่วม",
    "ยุทธศาสตร์",
    "อาสาสมัคร",
    "website",
    "ก.พ.ร.",
    "ตัวชี้วัด",
    "๒๕๕๓",
    "คลังข้อมูล",
    "ผู้บริหาร",
    "seminar",
    "ถนน",
    "ประชาชน",
]
ASKED = ["น้ำท่วม", "ยุทธศาตร์", "การจัดการความรู้ของผู้บริหาร", "website", "กพร", "ปี 2553", "คลังข้อมูน", "อาสา", "xyzzy", ""]
READERS = [ANYBODY, Readers(frozenset({"public", "network"})), Readers(frozenset({"public"}), ("agency:1:",))]
OPEN = [
    text(
        f"{one} และ{other}", f"{other} {one} ในหน่วยงาน", dated=day(2000 + number), tags=frozenset({("category", str(number % 3))})
    )
    for number, (one, other) in enumerate(zip(WORDS, WORDS[1:] + WORDS[:1], strict=True))
] + [text("เรื่องของเครือข่าย น้ำท่วม", "website ของเครือข่าย", audience="network")]

restricted = st.builds(
    lambda title, body, audience, year: text(
        " ".join(title), " ".join(body), audience=audience, dated=day(year), tags=frozenset({("category", "9")})
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    st.lists(st.sampled_from([*WORDS, "xyzzy", "คลังข้อมูน", "ยุทธศาตร์"]), max_size=8),
    st.sampled_from(["agency:7", "community:3"]),
    st.integers(1990, 2030),
)


def shown() -> list[Any]:
    """Everything that these readers can be told."""
    return [
        answer
        for readers in READERS
        for asked in ASKED
        for answer in (
            find(asked, readers),
            find(asked, readers, year=2010, sort="newest"),
            similar(asked, readers),
            suggest(asked, readers, kinds=["lesson", "secret"]),
        )
    ]


def assert_unmoved(hidden: list[Text]) -> None:
    before = shown()
    with transaction.atomic():
        fill(hidden, kind="secret")
        after = shown()
        # Those inside do find it, so the corpus was not simply forgotten.
        inside = Readers(frozenset({"public", hidden[0].audience}))
        assert find(hidden[0].title, inside, kinds=["secret"]).total > 0
        transaction.set_rollback(True)
    assert after == before


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(restricted, min_size=1, max_size=30))
def test_any_hidden_texts(db: None, hidden: list[Text]) -> None:
    with transaction.atomic():
        empty()
        fill(OPEN)
        assert_unmoved(hidden)
        transaction.set_rollback(True)


@pytest.mark.parametrize("word", ["น้ำท่วม", "xyzzy", "ยุทธศาตร์"])
def test_many_hidden_texts_with_one_word(word: str) -> None:
    """More than the candidates there can be, each fitting better than anything that may be seen."""
    empty()
    fill(OPEN)

    assert_unmoved([text(word, f"{word} {number}", audience="agency:7") for number in range(150)])


def test_nearness_of_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means and deviations too are those of the reader's own passages."""
    by_letters(monkeypatch)
    empty()
    fill(OPEN)

    assert_unmoved([text("น้ำท่วม website", "น้ำท่วม", audience="agency:7"), text("ก" * 300, "ก", audience="agency:7")] * 20)


def test_what_becomes_hidden_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    by_letters(monkeypatch)
    empty()
    fill(OPEN)
    before = shown()
    fill([replace(OPEN[0], title="ลับ")], kind="secret", first=99)
    assert shown() != before

    from kmportal.retrieval.models import Circle, Passage, Term
    from tests.retrieval.corpus import recount

    Passage.objects.filter(kind="secret").update(audience="agency:7")
    recount()

    assert shown() == before
    assert Circle.objects.get(audience="agency:7").passages == 1
    assert Term.objects.filter(audience="agency:7").exists()
    assert semantic.is_on()
