"""A restricted thing changes nothing in what search answers to those who may not see it: no hit, number, facet, suggestion or order."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from kmportal.people.models import Person
from kmportal.retrieval import actions, engine, readers
from tests.library import circles
from tests.make.documents import drawer, make_document
from tests.make.library import item, make_lesson, make_practice, make_seminar, republish, talk

pytestmark = pytest.mark.django_db
WORD = circles.WORD
# Old words and new ones, whole and in part, misspelt, in the other keyboard layout, in English, with a year, and nothing.
QUERIES = (
    "", WORD, f"{WORD}-public", f"{WORD}-agency", "เขื่อน", "เขื่อนลับแล", "เขือน", "เขื่อ", "งบประมาณ", "งบประมาน", "lesson obstacle",
    "lessen", "dam", "รหัสลับเฉพาะ", "รหสลับเฉพาะ", "2553", "กรมตัวอย่างแรก", "กตร", "g0njvo", "ทำอย่างไรให้เขื่อนไม่พัง", "สมใจ", "ดำดิน",
)  # fmt: skip
PREFIXES = ("ค", "คาน", "เข", "เขื่อ", "รหัส", "les", "สม", "ดำ", "กรม")
TEXTS = ("เขื่อนลับแลต้องตรวจทุกเดือน", f"{WORD} obstacle", "งบประมาณมาช้าเสมอ")
NARROWED = ("", WORD, "เขื่อนลับแล", "งบประมาณ")
NARROWINGS: tuple[dict[str, Any], ...] = (
    {"sort": "newest"}, {"kinds": ["lesson", "item"]}, {"tags": [("category", "6")]}, {"year": 2010}, {"limit": 2, "offset": 1},
)  # fmt: skip
# One persona for each set of circles that a reader can stand in: search knows nothing else of them.
OUTSIDE = {
    "agency": ("visitor", "outsider", "cop_member"),
    "community": ("visitor", "officer", "outsider", "coordinator"),
    "network": ("visitor",),
}


@pytest.fixture
def site(agency_a: Any, community_c: Any) -> None:
    """Something of each kind in each circle."""
    circles.fill()
    for name in circles.CIRCLES:
        kept = {"agency": agency_a if name == "agency" else None, "community": community_c if name == "community" else None}
        make_document(f"{WORD}-{name} เอกสาร", visibility=name, drawers=[drawer("6")], **kept)
    said = [item("obstacle", "เขื่อนรั่วเพราะงบประมาณมาช้า"), item("practice", "ตรวจเขื่อนก่อนฝน")]
    make_seminar("เขื่อนสาธารณะ", talks=[talk("เล่าเรื่องเขื่อน", agency=agency_a, categories=["6"], items=said)])


def answers(user: Any) -> Iterator[tuple[str, str]]:
    """Everything that search tells this person, as text."""
    who = readers.of(user)
    for query, narrowing in [*((query, {}) for query in QUERIES), *product(NARROWED, NARROWINGS)]:
        yield f"find {query} {narrowing}", repr(engine.find(query, who, **narrowing))
    for prefix in PREFIXES:
        yield f"suggest {prefix}", repr(engine.suggest(prefix, who))
    for text in TEXTS:
        yield f"similar {text}", repr(engine.similar(text, who))


def differing(before: dict[str, str], user: Any) -> dict[str, tuple[str, str]]:
    now = dict(answers(user))
    assert now.keys() == before.keys()
    return {asked: (before[asked], now[asked]) for asked in before if before[asked] != now[asked]}


def hide_things(circle: str, agency: Any, community: Any) -> None:
    """Of every kind, with words that stand elsewhere too and with words that stand nowhere else, and often."""
    kept: dict[str, Any] = {
        "visibility": circle,
        "agency": agency if circle == "agency" else None,
        "community": community if circle == "community" else None,
    }
    lines = [item("obstacle", f"เขื่อนลับแลแห่งที่ {number} งบประมาณหมด รหัสลับเฉพาะ dam") for number in range(12)]
    hidden = make_seminar(
        "เขื่อนลับแล", talks=[talk("รหัสลับเฉพาะ", categories=["6"], items=lines)], summary="งบประมาณ lesson", **kept
    )
    make_lesson("เขื่อน lesson", items=list(hidden.items.all()[:2]), what_happened=f"<p>{WORD} เขื่อนลับแลต้องตรวจทุกเดือน</p>", **kept)
    make_practice("รหัสลับเฉพาะ", problem=f"<p>{WORD}-public งบประมาณมาช้าเสมอ</p>", **kept)
    make_document("เขื่อนลับแล dam", summary="งบประมาณ", drawers=[drawer("6")], **kept)


@pytest.mark.parametrize("circle", OUTSIDE)
def test_a_restricted_thing_changes_no_answer(request: Any, site: None, agency_a: Any, community_c: Any, circle: str) -> None:
    outside = {name: request.getfixturevalue(name) for name in OUTSIDE[circle]}
    before = {name: dict(answers(user)) for name, user in outside.items()}
    inside = request.getfixturevalue("cop_member" if circle == "community" else "officer")
    assert engine.find("รหัสลับเฉพาะ", readers.of(inside), kinds=["practice"]).total == 0

    hide_things(circle, agency_a, community_c)

    assert engine.find("รหัสลับเฉพาะ", readers.of(inside), kinds=["practice"]).total == 1, "it is there, for its own"
    for name, user in outside.items():
        assert differing(before[name], user) == {}, name


def test_a_person_who_hid_changes_no_answer(request: Any, site: None) -> None:
    people = {name: request.getfixturevalue(name) for name in ("visitor", "officer", "coordinator")}
    mine = Person.objects.get(user=request.getfixturevalue("admin"))
    mine.is_listed = mine.is_public = False
    mine.save()
    before = {name: dict(answers(user)) for name, user in people.items()}

    mine.given_name, mine.about = "ดำดิน", "เชี่ยวชาญเขื่อนลับแล"
    mine.save()

    for name, user in people.items():
        assert differing(before[name], user) == {}, name


def test_narrowed_it_is_gone_at_once_and_widened_it_is_back(request: Any, site: None, agency_a: Any) -> None:
    outside = {name: request.getfixturevalue(name) for name in OUTSIDE["agency"]}
    without = {name: dict(answers(user)) for name, user in outside.items()}
    seminar = make_seminar("รหัสลับเฉพาะ", items=[item("obstacle", "เขื่อนลับแล งบประมาณ")])
    lesson = make_lesson("รหัสลับเฉพาะ", items=list(seminar.items.all()), why="<p>เขื่อนลับแล</p>")
    for user in outside.values():
        assert {hit.kind for hit in engine.find("รหัสลับเฉพาะ", readers.of(user)).hits} >= {"seminar", "lesson"}

    for page in (seminar, lesson):
        republish(page, visibility="agency", agency=agency_a)

    for name, user in outside.items():
        assert differing(without[name], user) == {}, name

    for page in (seminar, lesson):
        republish(page, visibility="public", agency=None)

    for user in outside.values():
        assert {hit.kind for hit in engine.find("เขื่อนลับแล", readers.of(user)).hits} >= {"item", "lesson"}
    assert not actions.check()


def test_unpublished_it_is_gone_at_once(site: None, visitor: Any) -> None:
    without = dict(answers(visitor))
    lesson = make_lesson("รหัสลับเฉพาะ", why="<p>เขื่อนลับแล</p>")
    assert engine.find("รหัสลับเฉพาะ", readers.of(visitor)).total > 0

    lesson.unpublish()

    assert differing(without, visitor) == {}
