"""Two processes at once: handing in while judging is closed, and handing in the same sheet twice."""

import multiprocessing
from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import connections

from kmportal.contest.actions import assigning, scoring
from kmportal.contest.actions.ground import ContestError
from kmportal.contest.models import Assignment, AuditAct, Contest, Score
from kmportal.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
Job = tuple[str, int, int]


def _act(job: Job) -> str:
    what, person, key = job
    actor = User.objects.get(pk=person)
    try:
        if what == "close":
            scoring.close_judging(actor=actor, contest=key, reason="ครบกำหนด")
        else:
            criteria = Assignment.objects.get(pk=key).judge.contest.criteria.values_list("pk", flat=True)
            scoring.save_sheet(actor=actor, assignment=key, marks=scoring.Marks(dict.fromkeys(criteria, 3), {}), hand_in=True)
    except ContestError as refused:
        return type(refused).__name__
    return what


def test_a_sheet_is_in_before_the_end_or_not_at_all(judged: SimpleNamespace) -> None:
    assigning.draw(actor=judged.organiser, contest=judged.contest.pk)
    jobs = [("sheet", one.judge.user_id, one.pk) for one in Assignment.objects.select_related("judge").order_by("pk")]
    for job in jobs[:-2]:
        _act(job)
    # Every entry has a sheet unless both of the last two are of one; then those are handed in before the race.
    last = jobs[-2:]
    mixed = [last[0], ("close", judged.organiser.pk, judged.contest.pk), last[1], last[0]]
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        said = Counter(pool.map(_act, mixed, chunksize=1))
    assert set(said) <= {"sheet", "close", "JudgingClosed", "Unjudged"}
    closed = Contest.objects.get(pk=judged.contest.pk).judging_closed_at
    done = Assignment.objects.filter(state="done")
    assert AuditAct.objects.filter(act="judging.sheet_done").count() == done.count()
    assert Score.objects.count() == 2 * done.count(), "no half sheet, and none kept after the end"
    assert closed is None or all(one.done_at is not None and one.done_at <= closed for one in done)
