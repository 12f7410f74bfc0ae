"""Nobody reads, finds or counts what is kept to a circle they do not stand in: every page, list and number."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from kmportal.library import facets, matching, shelves
from kmportal.library.shelves import Filters
from kmportal.people.models import Person
from kmportal.taxonomy.kinds import ItemKind
from tests.make.library import item, make_lesson, make_practice, make_seminar, talk

pytestmark = pytest.mark.django_db
CANARY = "นกขมิ้นเหลืองอ่อน"
CIRCLES = ("public", "network", "agency", "community")
READERS = {
    "visitor": {"public"},
    "officer": {"public", "network", "agency"},
    "colleague": {"public", "network", "agency"},
    "outsider": {"public", "network"},
    "coordinator": {"public", "network", "agency"},
    "admin": {"public", "network"},
    "cop_member": {"public", "network", "community"},
}


@pytest.fixture
def circles(agency_a: Any, community_c: Any) -> dict[str, dict[str, Any]]:
    """One seminar, lesson and practice in each circle, all carrying the canary."""
    made = {}
    person = Person.objects.create(given_name="เล่า", family_name="เรื่อง", key="x")
    for circle in CIRCLES:
        kept = {"visibility": circle, "agency": agency_a, "community": community_c if circle == "community" else None}
        said = talk(
            f"{CANARY} {circle}",
            agency=agency_a,
            speakers=[person],
            categories=["6"],
            items=[item("obstacle", f"{CANARY} {circle}")],
        )
        seminar = make_seminar(f"{CANARY} {circle}", talks=[said], summary=CANARY, **kept)
        row = seminar.items.get()
        lesson = make_lesson(f"{CANARY} {circle}", items=[row], tellers=[person], **kept)
        made[circle] = {
            "seminar": seminar,
            "item": row,
            "lesson": lesson,
            "practice": make_practice(f"{CANARY} {circle}", tellers=[person], **kept),
        }
    return made


def _user(request: Any, name: str) -> Any:
    return request.getfixturevalue(name)


def _paths(parts: dict[str, Any]) -> list[str]:
    pages = [parts[name] for name in ("seminar", "lesson", "practice")]
    return [
        *(page.url for page in pages),
        f"/en{pages[0].url}",
        reverse("library:item", args=[parts["item"].pk]),
        reverse("library:qr", args=[pages[1].pk]),
    ]


def test_pages_exist_for_their_circle_alone(request: Any, as_: Callable[[Any], Client], circles: Any) -> None:
    for name, (circle, parts) in product(READERS, circles.items()):
        client = as_(_user(request, name))
        wanted = 200 if circle in READERS[name] else 404
        answers = {path: client.get(path) for path in _paths(parts)}
        assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, wanted), (name, circle)
        if wanted == 404:
            assert all(CANARY not in answer.content.decode() for answer in answers.values()), (name, circle)
        for address in ("library:short", "library:short_lesson"):
            assert client.get(reverse(address, args=[parts["lesson"].pk])).status_code == (302 if wanted == 200 else 404), (
                name,
                circle,
            )


LISTS = (
    "/", "/library/", "/library/?type=item", f"/library/?q={CANARY}", "/library/?type=seminar", "/pmqa/6/", "/pmqa/6/?kind=obstacle", "/en/library/",
)  # fmt: skip


def test_lists_show_and_count_only_what_may_be_read(request: Any, as_: Callable[[Any], Client], circles: Any) -> None:
    for name, readable in READERS.items():
        client = as_(_user(request, name))
        hidden = [f"{CANARY} {circle}" for circle in CIRCLES if circle not in readable]
        for path in LISTS:
            html = client.get(path).content.decode()
            assert [words for words in hidden if words in html] == [], (name, path)
        pages = [page for circle in readable for page in (circles[circle][kind] for kind in ("seminar", "lesson", "practice"))]
        shown = client.get("/library/?sort=title").content.decode()
        assert all(page.title in shown for page in pages), name
        assert f"พบ {len(pages)} รายการ" in shown, name
        assert f"พบ {len(readable)} ประเด็น" in client.get("/library/?kind=obstacle").content.decode(), name


def test_the_numbers_are_what_choosing_them_gives(request: Any, circles: Any) -> None:
    users = [_user(request, name) for name in ("visitor", "officer", "coordinator", "cop_member")]
    for user, asked in product(
        users, (Filters(), Filters(kind="obstacle"), Filters(type="lesson"), Filters(q=CANARY, category="6"))
    ):
        filters = replace(asked, matched=matching.of(asked.q, user)) if asked.q else asked
        numbers = facets.count(user, filters, facets.all_agencies())
        for slot, choose in _choices(numbers):
            for key, n in numbers.of(slot).items():
                chosen = choose(filters, key)
                found = shelves.items(user, chosen) if chosen.shows_items else shelves.pages(user, chosen)
                assert found.count() == n, (user, filters, slot, key)


def _choices(numbers: Any) -> list[tuple[str, Callable[[Filters, str], Filters]]]:
    from kmportal.taxonomy.models import PmqaCode, Topic

    return [
        ("type", lambda filters, key: replace(filters, type=key, kind=filters.kind if key == "item" else "")),
        ("kind", lambda filters, key: replace(filters, kind=ItemKind(key), type="")),
        ("category", lambda filters, key: replace(filters, category=key)),
        ("code", lambda filters, key: replace(filters, code=PmqaCode.objects.get(pk=key))),
        ("agency", lambda filters, key: replace(filters, agency=numbers.agencies[int(key)])),
        ("person", lambda filters, key: replace(filters, person=Person.objects.get(pk=key))),
        ("topic", lambda filters, key: replace(filters, topic=Topic.objects.get(pk=key))),
        ("year", lambda filters, key: replace(filters, year=int(key))),
    ]


def test_a_lesson_shows_only_sources_one_may_read(as_: Callable[[Any], Client], officer: Any, agency_a: Any) -> None:
    source = make_seminar("ลับ", items=[item("practice", CANARY)], visibility="agency", agency=agency_a)
    lesson = make_lesson("เปิด", items=list(source.items.all()), visibility="public")

    assert CANARY in as_(officer).get(lesson.url).content.decode()
    assert CANARY not in as_(AnonymousUser()).get(lesson.url).content.decode()


def test_unpublished_and_archived(as_: Callable[[Any], Client], visitor: Any) -> None:
    from django.utils import timezone

    from tests.make.library import archive

    draft = make_lesson(f"{CANARY} ร่าง", publish=False)
    kept = make_lesson(f"{CANARY} เก็บ")
    archive(kept, timezone.now())
    client = as_(visitor)

    assert client.get(draft.url).status_code == 404
    assert client.get(kept.url).status_code == 200
    assert CANARY not in client.get("/library/").content.decode()
    assert kept.title in client.get("/library/?archived=1").content.decode()


def test_wagtails_own_privacy_still_holds(as_: Callable[[Any], Client], visitor: Any) -> None:
    from wagtail.models import PageViewRestriction

    lesson = make_lesson("เปิด")
    PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type="login")

    answer = as_(visitor).get(lesson.url)

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
