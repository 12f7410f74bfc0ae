"""Every way to read a contest is a query that both databases understand."""

from typing import Any

import pytest
from django.apps import apps

from kmportal.contest.models import Assignment, AuditAct, Contest, Entry, EntryFile, Judge, Recusal, Score, Vote

pytestmark = pytest.mark.django_db


def test_every_reader_asks_something_that_the_database_understands(visitor: Any, officer: Any) -> None:
    for person in (visitor, officer):
        for model in (Contest, Entry, EntryFile, Judge, Assignment, Recusal, Score, Vote, AuditAct):
            assert list(model.objects.visible_to(person)) == []
        for way in ("judged_by", "on_ballot", "shown_to", "worked_on_by"):
            assert list(getattr(Entry.objects, way)(person)) == []


def test_every_table_is_registered() -> None:
    assert len(list(apps.get_app_config("contest").get_models())) == 22


def test_the_list_opens(client: Any) -> None:
    assert client.get("/contests/").status_code == 200
