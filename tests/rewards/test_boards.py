"""Boards: reputation of a quarter, confirmed by different people and agencies; dense places; nobody who does not want to stands there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.models import Community
from kmportal.people.models import Person, User
from rewards import boards
from rewards.actions.awarding import award, take_back
from rewards.actions.showing import set_showing
from rewards.models import Reason
from rewards.periods import Period, quarter_of
from tests.make.people import make_agency, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
THIS = quarter_of(timezone.localdate())


@pytest.fixture
def crowd() -> list[User]:
    """Three people of one far department, three of another."""
    made = [make_agency(f"far-{at}", f"กรมไกล {at}") for at in range(2)]
    return [make_user(f"p{at}@far.example", agency=made[at % 2], given=f"คนที่{at}", family="ไกล") for at in range(6)]


def _confirm(earner: Any, payers: Any, source: Any, at: Any = NOW, reason: Any = Reason.ANSWER_ACCEPTED) -> None:
    for payer in payers:
        award(reason=reason, earner=earner, payer=payer, source=source, key=f"{payer.pk} {at}", at=at)


def _people(period: Period = THIS) -> list[tuple[int, int, float]]:
    return [(entry.place, entry.key, entry.score) for entry in boards.people(boards.sums(period))]


def _see(client: Any, **data: Any) -> str:
    answer = client.get("/boards/", data)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_dense_places(officer: Any, outsider: Any, colleague: Any, crowd: Any, agency_a: Any) -> None:
    _confirm(officer, crowd[:5], agency_a)
    _confirm(outsider, crowd[:5], agency_a)
    _confirm(colleague, crowd[:6], agency_a)
    _confirm(crowd[0], [officer, outsider, colleague, crowd[1], crowd[2]], agency_a, reason=Reason.USEFUL_VOTE)
    assert _people() == [(1, colleague.pk, 90.0), (2, officer.pk, 75.0), (2, outsider.pk, 75.0), (3, crowd[0].pk, 50.0)]


def test_ranked_are_those_whom_different_people_confirmed(
    officer: Any, outsider: Any, crowd: Any, agency_a: Any, agency_b: Any
) -> None:
    for source in (agency_a, agency_b):
        _confirm(officer, crowd[:4], source)
    _confirm(outsider, crowd[0::2], agency_a)
    assert _people() == []
    _confirm(officer, crowd[4:5], agency_a)
    assert [key for _place, key, _score in _people()] == [officer.pk]


def test_what_was_taken_back_and_what_lies_elsewhere_does_not_count(
    officer: Any, crowd: Any, agency_a: Any, agency_b: Any
) -> None:
    before = datetime(2025, 12, 1, tzinfo=UTC)
    _confirm(officer, crowd, agency_a)
    _confirm(officer, crowd, agency_b, at=before)
    assert _people(quarter_of(before.date())) == [(1, officer.pk, 90.0)]
    take_back(source=agency_a, reason=None, at=NOW)
    assert (_people(), _people(Period())) == ([], [(1, officer.pk, 90.0)])


def test_opting_out_removes_from_everything(as_: Any, officer: Any, crowd: Any, agency_a: Any) -> None:
    for one in crowd:
        _confirm(one, [*crowd, officer], agency_a)
    assert (len(_people()), "คนที่0" in _see(as_(officer))) == (6, True)
    set_showing(actor=crowd[0], reputation=True, boards=False)
    crowd[1].person.is_listed = False
    crowd[1].person.save(update_fields=["is_listed"])

    assert {crowd[0].pk, crowd[1].pk} & {key for _place, key, _score in _people()} == set()
    page = _see(as_(officer))
    assert ("คนที่0" in page, "คนที่1" in page, "คนที่2" in page) == (False, False, True)
    assert "ไม่ได้ถูกนับ" in _see(as_(crowd[0]))


def test_agencies_per_head_and_none_that_is_small(officer: Any, crowd: Any, agency_a: Any, agency_b: Any) -> None:
    for number in range(3):
        extra = make_user(f"more{number}@far.example", agency=crowd[0].agency, given="เพิ่ม")
        _confirm(extra, [officer], agency_b)
    for one in crowd[:3]:
        _confirm(one, [officer], agency_a)

    entries, known = boards.agencies(boards.sums(THIS))

    # Five givers of 15 among the six heads of one; of the other only one gave, and it has three heads.
    assert [(known[entry.key], entry.score) for entry in entries] == [(crowd[0].agency, 12.5)]


def test_newcomers_joined_lately(officer: Any, outsider: Any, crowd: Any, agency_a: Any) -> None:
    User.objects.filter(pk=outsider.pk).update(date_joined=NOW - timedelta(days=300))
    for one in (officer, outsider):
        _confirm(one, crowd[:3], agency_a)
    assert [entry.key for entry in boards.newcomers(boards.sums(THIS), THIS)] == [officer.pk]


def test_hidden_communities_for_their_members_alone(as_: Any, officer: Any, crowd: Any, community_c: Any, agency_a: Any) -> None:
    open_one = Community.objects.create(slug="open", name="ชุมชนเปิด")
    for one in crowd:
        _confirm(one, [officer, *crowd], agency_a)
        for community in (community_c, open_one):
            community.memberships.create(user=one)
    strangers, members = _see(as_(officer), board="communities"), _see(as_(crowd[0]), board="communities")
    assert ("ชุมชนเปิด" in strangers, community_c.name in strangers) == (True, False)
    assert ("ชุมชนเปิด" in members, community_c.name in members) == (True, True)
    inside = {"in": community_c.slug}
    assert (community_c.name in _see(as_(crowd[0]), **inside), community_c.name in _see(as_(officer), **inside)) == (True, False)


def test_own_place_and_what_is_missing(
    as_: Any, monkeypatch: Any, officer: Any, outsider: Any, crowd: Any, agency_a: Any
) -> None:
    monkeypatch.setattr("rewards.board_pages.MOST_LINES", 2)
    for one in crowd:
        _confirm(one, [officer, *crowd, outsider][: 6 if one in crowd[:5] else 7], agency_a)
    for payer in (*crowd[:5],):
        award(reason=Reason.ACCEPTING_ANSWER, earner=officer, payer=payer, source=agency_a, key=str(payer.pk), at=NOW)
    page = _see(as_(officer))
    assert ("⋮" in page, page.count('class="you"')) == (True, 1)
    assert ("คุณแบ่งปันอีก 5 คน" in _see(as_(outsider)), 'class="you"' in _see(as_(outsider))) == (True, False)


def test_only_what_is_missing_is_named(as_: Any, officer: Any, crowd: Any, agency_a: Any) -> None:
    """Three people of two agencies confirmed: two more people are missing, and no agency."""
    _confirm(officer, crowd[:3], agency_a)
    page = _see(as_(officer))
    assert ("คุณแบ่งปันอีก 2 คน" in page, "0 หน่วยงาน" in page) == (True, False)


def test_any_address_is_a_board(as_: Any, visitor: Any, officer: Any) -> None:
    for data in (
        {"board": "x"},
        {"year": "2570", "part": "q1"},
        {"year": "no"},
        {"board": "agencies", "in": "y"},
        {"part": "q9"},
    ):
        _see(as_(officer), **data)
    assert as_(visitor).get("/boards/").status_code == 302


def test_the_file_is_for_coordinators(as_: Any, officer: Any, coordinator: Any, crowd: Any, agency_a: Any) -> None:
    _confirm(officer, crowd, agency_a)
    assert as_(officer).get("/boards/csv/").status_code == 403
    text = as_(coordinator).get("/boards/csv/").content.decode("utf-8-sig")
    assert text.splitlines()[1].split(",") == ["1", "สมใจ ใฝ่รู้", "กรมตัวอย่างแรก", "90", "6", "2"]


def test_the_same_queries_at_1_and_20(as_: Any, queries: Any, officer: Any, crowd: Any, agency_a: Any) -> None:
    def costs() -> list[int]:
        return [queries(as_(officer), "/boards/", board=board) for board in ("people", "newcomers", "agencies", "communities")]

    _confirm(officer, crowd, agency_a)
    for payer in crowd[:2]:
        _confirm(payer, [officer], agency_a)
    few = costs()
    names = [f"b{number}@a.example" for number in range(19)]
    more = User.objects.bulk_create(User(email=name, agency=agency_a) for name in names)
    Person.objects.bulk_create(Person(user=user, given_name=user.email, agency=agency_a) for user in more)
    for one in more:
        _confirm(one, crowd[:5], agency_a)
    assert (costs(), len(_people())) == (few, 20)
