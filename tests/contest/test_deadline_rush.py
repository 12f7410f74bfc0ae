"""Several processes at the deadline: what is received bears a time before it, what comes later changes nothing, a double click counts once."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.contest.actions import entering, setting_up
from kmportal.contest.actions.entry_ground import TooLate
from kmportal.contest.models import AuditAct, Contest, Entry, EntryVersion
from kmportal.people.models import User
from tests.make import contest as make

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, TRIES = 2, 200


def _hand_in_until_refused(job: tuple[int, int]) -> tuple[int, int]:
    """By the real clock, again and again; gives how often it was received and how often it was late."""
    person, entry = job
    actor, received = User.objects.get(pk=person), 0
    for _ in range(TRIES):
        try:
            entering.hand_in(actor=actor, entry=entry)
        except TooLate:
            return received, 1
        received += 1
    return received, 0


def test_the_deadline_is_exact_for_two_processes_at_once(officer: User, outsider: User, reviewer: User) -> None:
    organiser, now = make.make_organiser(reviewer), timezone.now()
    moved: dict[str, Any] = {name: now + (moment - make.DEADLINE) for name, moment in make.DATES.items()}
    contest = make.make_contest(organiser, announced=False)
    setting_up.change_contest(actor=organiser, contest=contest.pk, values={**moved, "enter_until": now + timedelta(hours=1)})
    Contest.objects.filter(pk=contest.pk).update(state="announced")
    contest.refresh_from_db()
    jobs = [(one.pk, make.make_entry(one, contest, handed_in=False, when=now).pk) for one in (officer, outsider)]
    deadline = timezone.now() + timedelta(seconds=1)
    Contest.objects.filter(pk=contest.pk).update(enter_until=deadline)

    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        found = pool.map(_hand_in_until_refused, jobs, chunksize=1)

    assert [late for _received, late in found] == [1, 1]
    versions = EntryVersion.objects.filter(entry__contest=contest)
    assert all(one.at < deadline for one in versions)
    assert versions.count() == sum(received for received, _late in found)
    assert AuditAct.objects.filter(contest=contest, act="entry.refused_late").count() == 2
    for entry in Entry.objects.filter(contest=contest):
        assert entry.version == entry.versions.count()
        assert entry.submitted_at is None or entry.submitted_at < deadline
