"""Making the index anew: everything is there afterwards, whatever was there before."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kmportal.retrieval import actions
from kmportal.retrieval.analysis import ANALYSIS
from kmportal.retrieval.models import Circle, IndexState, Passage, PassageTag, Term
from tests.make.library import item, make_lesson, make_seminar, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(agency_a: Any) -> None:
    said = [item("obstacle", f"อุปสรรคที่ {number}") for number in range(5)]
    make_seminar("สัมมนา", talks=[talk("หัวข้อ", agency=agency_a, categories=["4"], items=said)])
    make_lesson("บทเรียน", visibility="agency", agency=agency_a)


def whole() -> tuple[Any, Any, Any, Any]:
    """All that the index says, without keys and times."""
    passages = sorted(Passage.objects.values_list("kind", "object_id", "chunk", "digest", "body_words", "audience"))
    tags = sorted(PassageTag.objects.values_list("passage__kind", "passage__object_id", "passage__chunk", "name", "value"))
    terms = sorted(Term.objects.values_list("stream", "term", "audience", "passages"))
    sums = sorted(Circle.objects.values_list("audience", "passages", "title_words", "names_words", "body_words"))
    return passages, tags, terms, sums


def run(*args: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *args, stdout=out)
    return out.getvalue()


def test_from_nothing_it_is_as_it_was(filled: None) -> None:
    before = whole()
    Passage.objects.all().delete()
    Term.objects.all().delete()
    Circle.objects.all().delete()

    said = run()

    assert whole() == before
    total = len({(kind, key) for kind, key, *_ in before[0]})
    assert f"{total} of {total}" in said
    assert said.rstrip().endswith("s.")


def test_a_second_time_writes_nothing(filled: None) -> None:
    keys = set(Passage.objects.values_list("pk", flat=True))

    run()

    assert set(Passage.objects.values_list("pk", flat=True)) == keys


def test_one_kind_alone(filled: None) -> None:
    Passage.objects.filter(kind__in=["lesson", "item"]).delete()

    run("--kind", "lesson")

    assert Passage.objects.filter(kind="lesson").exists()
    assert not Passage.objects.filter(kind="item").exists()
    with pytest.raises(CommandError, match="Known: lesson, practice"):
        run("--kind", "nothing")


def test_another_analysis_is_noticed(filled: None) -> None:
    assert actions.is_current()
    assert run("--if-needed") == ""
    IndexState.objects.update(analysis="older")
    before = whole()
    Passage.objects.update(digest="of the older one")

    said = run("--if-needed")

    assert "another version of the analysis" in said
    assert IndexState.objects.get().analysis == ANALYSIS
    assert whole() == before
    assert run("--if-needed") == ""


class Broken(Exception):
    pass


def test_broken_off_in_the_middle_it_goes_on_where_it_stopped(filled: None) -> None:
    before = whole()
    IndexState.objects.update(analysis="older")
    Passage.objects.update(digest="of the older one")
    done: list[int] = []

    def stop(number: int, total: int) -> None:
        done.append(number)
        if len(done) == 2:
            raise Broken

    with pytest.raises(Broken), transaction.atomic():
        actions.rebuild(progress=stop)
    assert not actions.is_current()

    actions.rebuild()

    assert whole() == before
    assert actions.is_current()


def test_what_is_gone_and_what_nobody_knows_goes(filled: None, officer: Any) -> None:
    from django.contrib.contenttypes.models import ContentType

    before = whole()
    one = Passage.objects.filter(kind="lesson").first()
    assert one is not None
    one.pk, one.object_id, one.digest = None, 999_999, "x"
    one.save()
    one.pk, one.content_type = None, ContentType.objects.get_for_model(type(officer))
    one.save()

    run()

    assert whole() == before
