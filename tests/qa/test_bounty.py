"""Bounties: points held at once, given whole or by half, returned exactly; each ends once, however many end it."""

import multiprocessing
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.people.models import User
from qa.actions import bounty as bounties
from qa.actions.accepting import accept, unaccept
from qa.actions.bounty import end_due, give, offer, warn_of_ends
from qa.actions.closing import close_as_duplicate, delete, restore
from qa.actions.ground import QaError
from qa.actions.marking import mark_useful
from qa.models import Answer, Bounty, Question
from rewards.checking import differences
from rewards.models import Kind, Reason, Transfer
from tests.make import points
from tests.make import qa as make

WEEK = timedelta(days=7, seconds=1)


def old(asker: Any, **more: Any) -> Question:
    """A question that is a day old."""
    question = make.ask(asker, **more)
    make.asked_on(question, timezone.now() - timedelta(days=2))
    return question


def rich(person: Any, amount: int = 500) -> Any:
    points.give(person, amount, reputation=50)
    return person


def _end() -> int:
    return end_due(at=timezone.now() + WEEK)


def _told(person: Any) -> set[str]:
    return set(Notice.objects.filter(recipient=person, kind__startswith="qa.bounty").values_list("kind", flat=True))


@pytest.mark.django_db
class TestOffer:
    def test_the_points_are_held_at_once(self, officer: Any, outsider: Any) -> None:
        question = old(outsider)

        made = offer(actor=rich(officer), question=question, points=150)

        assert points.figures(officer) == {"available": 350, "reserved": 150, "reputation": 50}
        assert (made.state, made.points, made.ends_at - made.started_at) == ("open", 150, timedelta(days=7))
        assert (made.held.label, made.held.cause_id) == (question.title, question.pk)
        assert list(Question.objects.visible_to(officer).with_bounty()) == [question]
        assert differences() == []

    @pytest.mark.parametrize("amount", [0, 49, 75, 510, -50])
    def test_only_50_to_500_in_steps(self, officer: Any, amount: int) -> None:
        question = old(rich(officer))
        before = make.rows()
        with pytest.raises(bounties.WrongAmount):
            offer(actor=officer, question=question, points=amount)
        assert (make.rows(), Bounty.objects.count()) == (before, 0)

    def test_what_must_stand_first(self, officer: Any, outsider: Any, colleague: Any) -> None:
        points.give(officer, 40, reputation=49)
        question, young, nameless = old(officer), make.ask(officer), old(colleague, anonymous=True)
        answered = old(officer)
        accept(actor=officer, answer=make.answer(answered, outsider))
        with pytest.raises(bounties.TooEarly):
            offer(actor=officer, question=young, points=50)
        with pytest.raises(bounties.Answered):
            offer(actor=officer, question=answered, points=50)
        with pytest.raises(PermissionDenied):
            offer(actor=officer, question=nameless, points=50)
        with pytest.raises(bounties.TooLittleReputation):
            offer(actor=colleague, question=question, points=50)
        points.give(officer, 0, reputation=1)
        with pytest.raises(bounties.TooFewPoints):
            offer(actor=officer, question=question, points=50)
        assert (Bounty.objects.count(), Transfer.objects.filter(act="hold").count()) == (0, 0)

    def test_one_for_a_question_three_for_a_person(self, officer: Any, outsider: Any) -> None:
        rich(officer), rich(outsider)
        questions = [old(outsider) for _number in range(4)]
        for question in questions[:3]:
            offer(actor=officer, question=question, points=50)
        with pytest.raises(bounties.TooManyBounties):
            offer(actor=officer, question=questions[3], points=50)
        with pytest.raises(bounties.HasBounty):
            offer(actor=outsider, question=questions[0], points=50)
        assert Bounty.objects.count() == 3

    def test_not_for_what_one_may_not_read(self, officer: Any, cop_member: Any, community_c: Any) -> None:
        hidden = old(cop_member, visibility="community", community=community_c)
        with pytest.raises(Question.DoesNotExist):
            offer(actor=rich(officer), question=hidden, points=50)


@pytest.mark.django_db
class TestGive:
    def test_by_hand_whole_and_once(self, officer: Any, outsider: Any, coordinator: Any) -> None:
        question = old(coordinator)
        offer(actor=rich(officer), question=question, points=200)
        reply = make.answer(question, outsider)

        first, again = give(actor=officer, answer=reply), give(actor=officer, answer=reply)

        assert (first.pk, again.state, again.paid) == (again.pk, "given", 200)
        assert points.figures(officer) == {"available": 300, "reputation": 50}
        assert points.figures(outsider) == {"pending": 200}
        award = Transfer.objects.get(owner=outsider, rule_version__rule__code=Reason.BOUNTY)
        assert (award.payer, points.house(Kind.BOUNTY), differences()) == (officer, 0, [])
        assert (_told(outsider), _told(officer)) == ({"qa.bounty_won"}, set())
        assert _end() == 0

    def test_both_statements_say_what_it_was(self, as_: Any, officer: Any, outsider: Any) -> None:
        question = old(rich(officer), title="จะนับผลงานอย่างไร")
        offer(actor=officer, question=question, points=100)
        give(actor=officer, answer=make.answer(question, outsider))

        giver, winner = (as_(person).get("/me/points/").content.decode() for person in (officer, outsider))

        assert (giver.count("แต้มรางวัลที่คุณตั้งให้คำตอบ"), giver.count(question.title)) == (2, 2)
        assert (str(Reason.BOUNTY.label) in winner, question.title in winner, "แต้มรางวัลที่คุณตั้ง" in winner) == (True, True, False)

    def test_by_accepting_and_for_good(self, officer: Any, outsider: Any) -> None:
        question = old(rich(officer))
        offer(actor=officer, question=question, points=100)
        reply = make.answer(question, outsider)

        accept(actor=officer, answer=reply)
        assert points.figures(outsider) == {"pending": 115, "reputation": 15}
        unaccept(actor=officer, question=make.fresh(question))

        assert points.figures(outsider) == {"pending": 100}
        assert points.figures(officer) == {"available": 400, "reputation": 50}
        assert differences() == []

    def test_nobody_wins_their_own_and_nobody_gives_anothers(self, officer: Any, outsider: Any) -> None:
        question = old(outsider)
        offer(actor=rich(officer), question=question, points=100)
        own, other = make.answer(question, officer), make.answer(question, outsider)
        with pytest.raises(bounties.NotThisAnswer):
            give(actor=officer, answer=own)
        with pytest.raises(PermissionDenied):
            give(actor=outsider, answer=other)
        accept(actor=outsider, answer=own)
        assert (Bounty.objects.get().state, points.figures(officer)["reserved"]) == ("open", 100)

    def test_a_deleted_winner_gives_back_exactly(self, officer: Any, outsider: Any) -> None:
        question = old(rich(officer))
        offer(actor=officer, question=question, points=100)
        reply = make.answer(question, outsider)
        give(actor=officer, answer=reply)

        moderator = make.moderator()
        delete(actor=moderator, post=reply, why="copied")
        assert (points.figures(outsider), points.figures(officer)) == ({}, {"available": 500, "reputation": 50})
        restore(actor=moderator, post=make.fresh(reply))
        assert (points.figures(outsider), points.house(Kind.BOUNTY), differences()) == ({}, 0, [])


@pytest.mark.django_db
class TestEnd:
    def test_half_to_the_most_useful(self, officer: Any, outsider: Any, colleague: Any, coordinator: Any, reviewer: Any) -> None:
        question = old(rich(officer))
        before = make.answer(question, coordinator)
        mark_useful(actor=colleague, post=before), mark_useful(actor=outsider, post=before)
        offer(actor=officer, question=question, points=150)
        own, reply = make.answer(question, officer), make.answer(question, outsider)
        for voter in (colleague, coordinator, reviewer):
            mark_useful(actor=voter, post=own)
        for voter in (colleague, coordinator):
            mark_useful(actor=voter, post=reply)

        assert (_end(), _end()) == (1, 0)

        done = Bounty.objects.get()
        assert (done.state, done.answer, done.paid) == ("half", reply, 75)
        assert points.figures(outsider)["pending"] - 15 == 75
        assert points.figures(officer)["available"] == 500 - 75
        assert (points.house(Kind.BOUNTY), differences()) == (0, [])
        assert (_told(outsider), _told(officer)) == ({"qa.bounty_won"}, {"qa.bounty_ended"})

    def test_all_comes_back_without_such_an_answer(self, officer: Any, outsider: Any, colleague: Any) -> None:
        question = old(rich(officer))
        offer(actor=officer, question=question, points=150)
        mark_useful(actor=colleague, post=make.answer(question, outsider))
        assert end_due(at=timezone.now()) == 0

        assert _end() == 1

        assert (Bounty.objects.get().state, points.figures(officer)) == ("returned", {"available": 500, "reputation": 50})

    def test_closing_and_deleting_return_it(self, officer: Any, outsider: Any) -> None:
        first, second, original = old(rich(officer)), old(officer), old(officer)
        offer(actor=officer, question=first, points=50)
        offer(actor=officer, question=second, points=100)

        close_as_duplicate(actor=officer, question=first, original=original)
        delete(actor=officer, post=second)

        assert set(Bounty.objects.values_list("state", flat=True)) == {"returned"}
        assert points.figures(officer) == {"available": 500, "reputation": 50}
        assert differences() == []

    def test_warned_once_in_the_last_day(self, officer: Any) -> None:
        offer(actor=rich(officer), question=old(officer), points=50)
        assert warn_of_ends(at=timezone.now()) == 0
        soon = timezone.now() + timedelta(days=6, hours=1)
        assert (warn_of_ends(at=soon), warn_of_ends(at=soon), _told(officer)) == (1, 0, {"qa.bounty_ending"})

    def test_colleagues_get_the_part_that_the_rule_says(self, officer: Any, colleague: Any, coordinator: Any) -> None:
        points.rule(Reason.BOUNTY, coordinator, own_agency_percent=50)
        question = old(rich(officer))
        offer(actor=officer, question=question, points=100)
        give(actor=officer, answer=make.answer(question, colleague))

        assert (points.figures(colleague), points.figures(officer)["available"]) == ({"pending": 50}, 450)
        assert (Bounty.objects.get().paid, differences()) == (50, [])


# --- Several processes -------------------------------------------------------------------------------------------------------------
def _end_or_give(job: tuple[str, int, int]) -> str:
    what, person, key = job
    try:
        if what == "end":
            return str(_end())
        return give(actor=User.objects.get(pk=person), answer=Answer.objects.get(pk=key)).state
    except PermissionDenied:
        return "late"


def _offer(job: tuple[int, int]) -> str:
    person, question = job
    try:
        return str(offer(actor=User.objects.get(pk=person), question=Question.objects.get(pk=question), points=50).points)
    except QaError as error:
        return type(error).__name__


def _together(act: Any, jobs: list[Any]) -> Counter[str]:
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


@pytest.mark.django_db(transaction=True)
def test_it_ends_once_whoever_ends_it(officer: Any, outsider: Any, colleague: Any, coordinator: Any) -> None:
    question = old(rich(officer))
    offer(actor=officer, question=question, points=100)
    reply = make.answer(question, outsider)
    for voter in (colleague, coordinator):
        mark_useful(actor=voter, post=reply)

    _together(_end_or_give, [("give" if number % 2 else "end", officer.pk, reply.pk) for number in range(8)])

    done = Bounty.objects.get()
    assert done.state in {"half", "given"}
    assert points.figures(outsider)["pending"] == 15 + done.paid
    assert points.figures(officer)["available"] == 500 - done.paid
    assert Transfer.objects.filter(rule_version__rule__code=Reason.BOUNTY, act="issue").count() == 1
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_three_open_ones_however_many_are_sent(officer: Any, outsider: Any) -> None:
    rich(officer, 100)
    questions = [old(outsider).pk for _number in range(4)]

    answers = _together(_offer, [(officer.pk, pk) for pk in questions * 2])

    assert answers["50"] == 2
    assert points.figures(officer) == {"reserved": 100, "reputation": 50}
    assert differences() == []
