"""Badges: criteria count different people and agencies of what all may read; given once, taken back when their cause falls."""

import multiprocessing
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.people.models import User
from qa.actions.accepting import accept, unaccept
from qa.actions.closing import delete
from qa.actions.marking import mark_useful, works_for_me
from rewards import badge_kinds
from rewards.actions.badging import check_badges, check_everybody, check_recent
from rewards.actions.nights import once_a_night
from rewards.actions.showing import set_showing
from rewards.actions.thanking import thank
from rewards.models import BadgeAward, Night
from tests.make import qa as make
from tests.make.library import make_lesson
from tests.make.people import make_agency, make_user

NOW = timezone.now()


def _codes(person: Any) -> set[str]:
    return set(BadgeAward.objects.filter(owner=person).values_list("code", flat=True))


def _have(person: Any, code: str) -> int:
    return {one.badge.code: one.have for one in badge_kinds.progress_of(person)}[code]


def _abroad(number: int) -> list[User]:
    """People of so many departments of their own."""
    made = [make_agency(f"far-{at}", f"กรมไกล {at}") for at in range(number)]
    return [make_user(f"far-{at}@far-{at}.example", agency=agency, given=f"ไกล{at}") for at, agency in enumerate(made)]


def _accepted(asker: Any, author: Any, **more: Any) -> Any:
    reply = make.answer(make.ask(asker, **more), author)
    accept(actor=asker, answer=reply)
    return reply


@pytest.mark.django_db
class TestCheck:
    def test_given_once_told_once_and_taken_back(self, officer: Any, outsider: Any) -> None:
        reply = _accepted(officer, outsider)

        check_recent()
        check_recent()
        assert _codes(outsider) == {"first_answer"}
        (notice,) = Notice.objects.filter(recipient=outsider, kind="rewards.badge")
        assert (notice.title, notice.title_en, notice.url) == ("ช่วยได้จริง", "It helped", "/badges/")
        notice.read_at = NOW
        notice.save(update_fields=["read_at"])
        unaccept(actor=officer, question=reply.question)
        check_recent()
        check_recent()

        assert _codes(outsider) == set()
        assert Notice.objects.filter(recipient=outsider, kind="rewards.badge_gone").count() == 1

    def test_what_was_not_read_yet_goes_without_a_word(self, officer: Any, outsider: Any) -> None:
        reply = _accepted(officer, outsider)
        check_badges(people=[outsider.pk], at=NOW)
        delete(actor=make.moderator(), post=reply, why="copied")
        check_badges(people=[outsider.pk], at=NOW)
        assert not Notice.objects.filter(recipient=outsider, kind__startswith="rewards.badge").exists()

    def test_agencies_not_people_and_never_ones_own(self, officer: Any, colleague: Any, outsider: Any) -> None:
        far = _abroad(3)
        for asker in (far[0], far[0], colleague, outsider):
            _accepted(asker, officer)
        assert _have(officer, "across_agencies") == 2
        _accepted(far[1], officer)
        check_everybody(at=NOW)
        assert "across_agencies" in _codes(officer)

    def test_closed_circles_and_anonymous_askers_count_for_nothing(
        self, cop_member: Any, officer: Any, outsider: Any, community_c: Any
    ) -> None:
        facilitator = make.moderator()
        community_c.memberships.create(user=facilitator)
        community_c.memberships.create(user=outsider)
        reply = _accepted(cop_member, outsider, visibility="community", community=community_c)
        mark_useful(actor=facilitator, post=reply), works_for_me(actor=facilitator, answer=reply)
        thank(actor=cop_member, kind=make.ANSWERS, key=reply.pk)
        _accepted(officer, outsider, anonymous=True)

        assert [one.have for one in badge_kinds.progress_of(outsider)] == [0] * len(badge_kinds.every())
        assert [one.have for one in badge_kinds.progress_of(cop_member)] == [0] * len(badge_kinds.every())

    def test_each_way_counts(self, officer: Any, outsider: Any) -> None:
        far = _abroad(5)
        question = make.ask(outsider)
        reply = make.answer(question, officer)
        for person in far:
            mark_useful(actor=person, post=reply), works_for_me(actor=person, answer=reply)
            mark_useful(actor=person, post=question), thank(actor=person, kind=make.ANSWERS, key=reply.pk)
        accept(actor=outsider, answer=reply)
        make_lesson(tellers=[officer.person])
        for asker in far[:2]:
            _accepted(asker, officer)

        check_everybody(at=NOW)

        assert _codes(officer) == {
            "first_answer", "across_agencies", "newcomers_friend", "useful_to_many", "proven", "thanked", "first_lesson",
        }  # fmt: skip
        assert _codes(outsider) == {"asked_for_many"}

    def test_as_many_queries_for_many_as_for_one(self, officer: Any, outsider: Any) -> None:
        _accepted(officer, outsider)
        everyone = list(User.objects.values_list("pk", flat=True))
        check_everybody(at=NOW)
        one = make.queries(lambda: check_badges(people=[outsider.pk], at=NOW))
        assert make.queries(lambda: check_badges(people=everyone, at=NOW)) == one


@pytest.mark.django_db
class TestPages:
    def test_progress_for_members_none_for_visitors(self, as_: Any, visitor: Any, officer: Any, outsider: Any) -> None:
        _accepted(officer, outsider)
        check_badges(people=[outsider.pk], at=NOW)
        page = as_(outsider).get("/badges/").content.decode()
        assert ("ช่วยได้จริง" in page, "1 จาก 3" in page, "ได้รับเมื่อ" in page) == (True, True, True)
        page = as_(visitor).get("/badges/").content.decode()
        assert ("ช่วยได้จริง" in page, "progressbar" in page) == (True, False)

    def test_on_the_persons_page_unless_hidden(self, as_: Any, visitor: Any, officer: Any, outsider: Any) -> None:
        _accepted(officer, outsider)
        check_badges(people=[outsider.pk], at=NOW)
        url = outsider.person.get_absolute_url()
        assert "ช่วยได้จริง" in as_(officer).get(url).content.decode()
        set_showing(actor=outsider, reputation=True, badges=False)
        assert "ช่วยได้จริง" not in as_(officer).get(url).content.decode()


@pytest.mark.django_db
def test_once_a_night_and_again_after_a_failure(monkeypatch: Any) -> None:
    done: list[int] = []

    def fails(at: Any) -> None:
        done.append(0)
        raise ValueError

    monkeypatch.setattr(timezone, "localtime", lambda: NOW.replace(hour=3))
    with pytest.raises(ValueError):
        once_a_night(work="work", verb=fails)()
    chore = once_a_night(work="work", verb=lambda at: done.append(1))
    chore(), chore()
    assert (done, Night.objects.count()) == ([0, 1], 1)
    monkeypatch.setattr(timezone, "localtime", lambda: NOW.replace(hour=1))
    once_a_night(work="other", verb=lambda at: done.append(2))()
    assert done == [0, 1]


def _check(person: int) -> int:
    return check_badges(people=[person], at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_several_processes_give_it_once(officer: Any, outsider: Any) -> None:
    _accepted(officer, outsider)
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        changes = pool.map(_check, [outsider.pk] * 8, chunksize=1)

    assert sum(changes) == 1
    assert (BadgeAward.objects.count(), Notice.objects.filter(kind="rewards.badge").count()) == (1, 1)
