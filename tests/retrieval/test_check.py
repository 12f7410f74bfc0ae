"""check_search finds every way in which the index can differ, and mends it."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kmportal.library.models import KnowledgePage, LessonPage, SeminarPage
from kmportal.retrieval import actions
from kmportal.retrieval.models import Circle, IndexState, Passage, PassageTag, Term
from tests.make.library import item, make_lesson, make_seminar
from tests.retrieval.test_rebuild import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(agency_a: Any) -> None:
    make_seminar("สัมมนา", items=[item("obstacle", "ไม่มีงบ"), item("practice", "ถามก่อน")])
    make_lesson("บทเรียน", agency=agency_a, why="<p>เพราะ</p>")


def say(*args: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_search", *args, stdout=out)
    except CommandError:
        return 1, out.getvalue()
    return 0, out.getvalue()


def narrow_behind_our_back() -> None:
    KnowledgePage.objects.filter(lessonpage__isnull=False).update(visibility="network")


def unpublish_behind_our_back() -> None:
    SeminarPage.objects.update(live=False)


def scramble_the_fulltext() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO retrieval_words (retrieval_words) VALUES ('delete-all')")
        else:
            Circle.objects.update(title_words=3)


def lose_a_passage() -> None:
    Passage.objects.filter(pk=Passage.objects.filter(kind="item").values("pk")[:1]).delete()


WAYS: dict[str, Callable[[], Any]] = {
    "missing": lose_a_passage,
    "outdated": narrow_behind_our_back,
    "surplus": unpublish_behind_our_back,
    "lost tag": lambda: PassageTag.objects.filter(passage__kind="item").delete(),
    "wrong digest": lambda: Passage.objects.filter(kind="item").update(digest="x"),
    "wrong count": lambda: Term.objects.filter(pk=Term.objects.values("pk")[:1]).update(passages=77),
    "lost count": lambda: Term.objects.filter(stream="w").delete(),
    "count of nobody": lambda: Term.objects.create(audience="agency:99", stream="w", term="x", passages=1),
    "wrong length": lambda: Circle.objects.update(body_words=1),
    "length of nobody": lambda: Circle.objects.create(audience="agency:99", passages=4),
    "fulltext": scramble_the_fulltext,
    "analysis": lambda: IndexState.objects.update(analysis="older"),
}


def test_clean(filled: None) -> None:
    code, said = say()

    assert code == 0
    assert said.endswith("rows compared: clean.\n")


@pytest.mark.parametrize("way", WAYS)
def test_each_difference_is_found_and_mended(filled: None, way: str) -> None:
    WAYS[way]()
    before = whole()

    assert say()[0] == 1
    assert whole() == before
    code, said = say("--mend")

    assert code == 0
    assert said.endswith("mended.\n")
    assert say() == (0, said.splitlines()[-1].replace("mended", "clean") + "\n")


def test_for_machines(filled: None) -> None:
    lesson = LessonPage.objects.get()
    narrow_behind_our_back()

    found = json.loads(say("--format", "json")[1])

    assert found["outdated"] == {"lesson": [lesson.pk]}
    assert (found["clean"], found["mended"]) == (False, False)
    assert json.loads(say("--mend", "--format", "json")[1])["mended"] is True
    assert json.loads(say("--format", "json")[1])["clean"] is True


def test_what_is_noted_to_be_done_is_no_fault(filled: None) -> None:
    lesson = LessonPage.objects.get()
    narrow_behind_our_back()
    actions.mark_stale(LessonPage, [lesson.pk])

    code, said = say()

    assert code == 0
    assert "1 waiting to be looked at" in said
