"""Communities in search; and the figures that questions give to a community."""

from typing import Any

import pytest

from communities.actions.ending import archive_community
from communities.actions.spaces import CommunityDetails, change_community, open_part
from communities.measures import figures
from communities.models import Community
from kmportal.retrieval import engine, readers
from qa.permissions import can_answer, can_ask_in
from tests.make.communities import open_space
from tests.make.qa import answer, ask

pytestmark = pytest.mark.django_db
WORD = "จระเข้น้ำจืด"


def hits(user: Any) -> int:
    return engine.find(WORD, readers.of(user), kinds=["community"]).total


def test_the_network_finds_what_is_not_hidden(coordinator: Any, officer: Any, outsider: Any, visitor: Any) -> None:
    space = open_space(coordinator, officer, domain=WORD)
    assert (hits(outsider), hits(visitor)) == (1, 0)
    hidden = CommunityDetails(name=space.name, domain=WORD, is_hidden=True)
    change_community(actor=officer, community=space, details=hidden)
    assert (hits(outsider), hits(coordinator), hits(officer)) == (0, 0, 1)


def test_parts_follow_what_they_are_part_of(coordinator: Any, officer: Any, outsider: Any) -> None:
    parent = open_space(coordinator, officer, name="วงแม่")
    open_part(actor=officer, parent=parent, details=CommunityDetails(name="วงลูก", domain=WORD))
    assert hits(outsider) == 1
    change_community(actor=officer, community=parent, details=CommunityDetails(name="วงแม่", is_hidden=True))
    assert (hits(outsider), hits(officer)) == (0, 1)


def test_the_archived_is_not_found_and_takes_no_question(coordinator: Any, officer: Any, colleague: Any) -> None:
    space = open_space(coordinator, officer, colleague, domain=WORD)
    question = ask(officer, visibility="community", community=space)
    assert can_answer(colleague, question)
    archive_community(actor=officer, community=space)
    question.refresh_from_db()
    now = Community.objects.get(pk=space.pk)
    assert (hits(officer), can_ask_in(colleague, now), can_answer(colleague, question)) == (0, False, False)


def test_health_counts_answers_and_who_gave_them(coordinator: Any, officer: Any, colleague: Any, outsider: Any) -> None:
    space = open_space(coordinator, officer, colleague)
    answer(ask(officer, visibility="community", community=space), colleague)
    ask(colleague, visibility="community", community=space)
    answer(ask(outsider), officer)
    shown = {str(label): (figure.value, figure.note) for label, figure in figures(space)}
    assert {value for value, _note in shown.values()} >= {"1", "1 : 0"}
    assert len(shown) == 6


def test_a_question_begins_inside(coordinator: Any, officer: Any, outsider: Any, as_: Any) -> None:
    space = open_space(coordinator, officer)
    form = as_(officer).get(f"/ask/?community={space.slug}").context["form"]
    assert (form["community"].value(), form["visibility"].value()) == (space.pk, "community")
    assert as_(outsider).get(f"/ask/?community={space.slug}").status_code == 200
