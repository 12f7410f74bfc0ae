"""From votes to a case, and from its decision to the points: exact, once, and never without a person."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.moderation.actions.appealing import appeal, decide_appeal
from kmportal.moderation.actions.deciding import decide
from kmportal.moderation.kinds import kind_of
from kmportal.moderation.models import Case
from kmportal.moderation.notices import DECIDED_ABOUT
from qa.actions.accepting import accept
from qa.actions.closing import delete, restore
from qa.actions.marking import mark_useful, take_back_useful
from rewards.actions import due
from rewards.actions.fairplay import dismiss, look_for_patterns, reinstate, uphold
from rewards.actions.nights import once_a_night
from rewards.checking import differences
from rewards.models import Finding, Transfer
from tests.make import points
from tests.make import qa as make

NOW = timezone.now()


def _swap(one: Any, other: Any, times: int = 4) -> list[Any]:
    """The two mark so many answers of each other, and of nobody else."""
    replies = []
    for asker, author in ((one, other), (other, one)):
        question = make.ask(asker)
        for _number in range(times):
            reply = make.answer(question, author)
            mark_useful(actor=asker, post=reply)
            replies.append(reply)
    return replies


@pytest.mark.django_db
class TestTwoAccounts:
    def test_they_earn_no_more_than_the_cap_and_appear_as_one_case(self, officer: Any, outsider: Any) -> None:
        _swap(officer, outsider)
        assert points.figures(officer) == points.figures(outsider) == {"pending": 30, "reputation": 30}

        (finding,) = look_for_patterns(at=timezone.now())
        assert look_for_patterns(at=timezone.now()) == []

        assert (finding.pattern, set(finding.people.all()), finding.transfers.count()) == ("reciprocal", {officer, outsider}, 8)
        case = Case.objects.get()
        assert (case.kind, case.subject, set(case.about.all())) == ("votes", finding, {officer, outsider})
        assert (case.evidence["votes"], case.evidence["pairs"]) == (
            8,
            sorted(
                [
                    {"from": officer.pk, "to": outsider.pk, "times": 4},
                    {"from": outsider.pk, "to": officer.pk, "times": 4},
                ],
                key=lambda pair: pair["from"],
            ),
        )
        # Found is not judged: nothing has changed.
        assert points.figures(officer) == {"pending": 30, "reputation": 30}

    def test_the_points_wait_for_the_decision(self, officer: Any, outsider: Any) -> None:
        _swap(officer, outsider)
        (finding,) = look_for_patterns(at=timezone.now())
        later = NOW + timedelta(days=9)
        assert due.vest_due(at=later) == 0
        dismiss(actor=make.moderator(), finding=finding)
        assert due.vest_due(at=later) == 6
        assert points.figures(officer) == {"available": 30, "reputation": 30}

    def test_upheld_takes_exactly_that(self, officer: Any, outsider: Any, coordinator: Any) -> None:
        replies = _swap(officer, outsider)
        mark_useful(actor=coordinator, post=replies[0])
        (finding,) = look_for_patterns(at=timezone.now())
        moderator = make.moderator()

        gone = uphold(actor=moderator, finding=finding, note="ตกลงกันไว้")
        assert uphold(actor=moderator, finding=finding) == []

        assert set(gone) == set(finding.transfers.values_list("pk", flat=True))
        back = Transfer.objects.filter(act="reverse")
        assert set(back.values_list("reverses", flat=True)) == set(gone)
        took = sum(leg.amount for one in back for leg in one.legs.filter(account__kind="mint"))
        assert (
            took == 60 == -sum(leg.amount for pk in gone for leg in Transfer.objects.get(pk=pk).legs.filter(account__kind="mint"))
        )
        assert (points.figures(officer), points.figures(outsider)) == ({}, {"pending": 5, "reputation": 10})
        assert (differences(), set(back.values_list("note", flat=True))) == ([], {"ตกลงกันไว้"})

    def test_what_was_corrected_is_not_earned_again(self, officer: Any, outsider: Any) -> None:
        replies = _swap(officer, outsider)
        uphold(actor=make.moderator(), finding=look_for_patterns(at=timezone.now())[0])

        take_back_useful(actor=officer, post=replies[0]), mark_useful(actor=officer, post=replies[0])
        moderator = make.moderator()
        delete(actor=moderator, post=replies[1], why="copied"), restore(actor=moderator, post=make.fresh(replies[1]))

        assert (points.figures(officer), points.figures(outsider)) == ({}, {})
        assert look_for_patterns(at=timezone.now()) == []

    def test_dismissed_changes_nothing_and_comes_up_only_for_new_votes(self, officer: Any, outsider: Any) -> None:
        _swap(officer, outsider)
        dismiss(actor=make.moderator(), finding=look_for_patterns(at=timezone.now())[0])
        _swap(officer, outsider, times=3)
        assert look_for_patterns(at=timezone.now()) == []
        _swap(officer, outsider, times=1)
        assert [one.transfers.count() for one in look_for_patterns(at=timezone.now())] == [8]
        assert (Case.objects.count(), points.figures(officer)) == (2, {"pending": 30, "reputation": 30})

    def test_an_appeal_that_is_granted_gives_exactly_that_back(self, officer: Any, outsider: Any) -> None:
        _swap(officer, outsider)
        (finding,) = look_for_patterns(at=timezone.now())
        moderator = make.moderator()
        gone = uphold(actor=moderator, finding=finding)

        for _time in range(2):
            reinstate(actor=make.moderator(), finding=finding, reversed_now=gone)

        assert points.figures(officer) == points.figures(outsider) == {"pending": 30, "reputation": 30}
        assert (differences(), look_for_patterns(at=timezone.now())) == ([], [])
        assert due.vest_due(at=NOW + timedelta(days=9)) == 6

    def test_accepting_each_other_takes_what_accepting_brought_too(self, officer: Any, outsider: Any) -> None:
        for _number in range(4):
            accept(actor=officer, answer=make.answer(make.ask(officer), outsider))
            accept(actor=outsider, answer=make.answer(make.ask(outsider), officer))
        uphold(actor=make.moderator(), finding=look_for_patterns(at=timezone.now())[0])
        assert (points.figures(officer), points.figures(outsider), differences()) == ({}, {}, [])


@pytest.mark.django_db
def test_decided_by_a_moderator_told_to_both_and_taken_back_after_an_appeal(as_: Any, officer: Any, outsider: Any) -> None:
    first, second = make.moderator(), make.moderator()
    _swap(officer, outsider)
    look_for_patterns(at=timezone.now())
    case = Case.objects.get()
    page = as_(first).get(case.get_absolute_url()).content.decode()
    assert ("สมใจ ใฝ่รู้" in page, "สองคนกดให้กันไปมา" in page, "กด 8 ครั้ง" in page) == (True, True, True)

    decide(actor=first, case=case, outcome="corrected", ready="agreed")
    assert (points.figures(officer), points.figures(outsider)) == ({}, {})
    assert set(Notice.objects.filter(kind=DECIDED_ABOUT).values_list("recipient", flat=True)) == {officer.pk, outsider.pk}

    appeal(actor=officer, case=case, words="เราทำงานด้วยกัน")
    decide_appeal(actor=second, case=make.fresh(case), granted=True, reason="จริงตามนั้น")
    assert points.figures(officer) == points.figures(outsider) == {"pending": 30, "reputation": 30}
    assert (Finding.objects.get().state, differences()) == ("dismissed", [])


@pytest.mark.django_db
def test_friends_whom_many_others_find_useful_are_left_alone(officer: Any, outsider: Any) -> None:
    replies = _swap(officer, outsider)
    for _number in range(8):
        other = make.moderator()
        mark_useful(actor=other, post=replies[0]), mark_useful(actor=other, post=replies[-1])
    assert look_for_patterns(at=timezone.now()) == []


@pytest.mark.django_db
def test_who_meets_the_case(officer: Any, outsider: Any, coordinator: Any) -> None:
    moderator = make.moderator()
    _swap(officer, moderator)
    (finding,) = look_for_patterns(at=timezone.now())
    kind, other = kind_of("votes"), make.moderator()

    def meets(rows: Any, user: Any) -> bool:
        return any(found.filter(pk=finding.pk).exists() for found in rows(user))

    assert [meets(kind.handled, user) for user in (other, moderator, officer, coordinator)] == [True, False, False, False]
    assert [meets(kind.readable, user) for user in (other, moderator, officer, coordinator)] == [True, True, True, False]
    assert [set(kind.handlers(finding)) & {moderator, other}, set(kind.about(finding))] == [{other}, {officer, moderator}]


def _night(_number: int) -> int:
    once_a_night(work="fair play", verb=lambda at: look_for_patterns(at=at))()
    return Finding.objects.count()


@pytest.mark.django_db(transaction=True)
def test_several_workers_open_it_once(monkeypatch: Any, officer: Any, outsider: Any) -> None:
    _swap(officer, outsider)
    monkeypatch.setattr(timezone, "localtime", lambda *_args: timezone.now().replace(hour=23))
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        pool.map(_night, range(8), chunksize=1)
    assert (Finding.objects.count(), Case.objects.count()) == (1, 1)
