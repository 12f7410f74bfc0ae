"""Patterns of votes: each is found at its threshold and not below; popular people are never named, a vote stands in one pattern at most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards.patterns import BURST, FUNNEL, RECIPROCAL, RING, Limits, Member, Pattern, Vote, find

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
OLD = NOW - timedelta(days=400)
LIMITS = Limits()


def _votes(*pairs: tuple[int, int, int], apart: timedelta = timedelta(hours=3)) -> list[Vote]:
    """(giver, receiver, how many), one after the other."""
    flat = [(giver, receiver) for giver, receiver, times in pairs for _time in range(times)]
    return [Vote(at, giver, receiver, NOW - apart * (len(flat) - at)) for at, (giver, receiver) in enumerate(flat)]


def _found(votes: list[Vote], new: tuple[int, ...] = ()) -> list[tuple[str, tuple[int, ...], int]]:
    people = {key for vote in votes for key in (vote.giver, vote.receiver)}
    members = {key: Member(NOW - timedelta(days=3), 1) if key in new else Member(OLD, key) for key in people}
    return [(one.name, one.people, len(one.votes)) for one in find(votes, limits=LIMITS, members=members, now=NOW)]


def test_two_people_who_vote_for_each_other() -> None:
    assert _found(_votes((1, 2, 4), (2, 1, 4))) == [(RECIPROCAL, (1, 2), 8)]
    assert _found(_votes((1, 2, 4), (2, 1, 3))) == []
    # Most of what one of them received came from others.
    assert _found(_votes((1, 2, 4), (2, 1, 4), (3, 1, 3))) == []


def test_one_way() -> None:
    assert _found(_votes((1, 2, 8))) == [(FUNNEL, (1, 2), 8)]
    assert _found(_votes((1, 2, 7))) == []
    assert _found(_votes((1, 2, 8), (1, 3, 3))) == []
    assert _found(_votes((1, 2, 8), *((giver, 2, 1) for giver in range(3, 9)))) == []


def test_many_within_minutes() -> None:
    minute = timedelta(minutes=1)
    assert _found(_votes((1, 2, 6), (1, 3, 6), apart=minute)) == [(BURST, (1, 2), 6), (BURST, (1, 3), 6)]
    assert _found(_votes((1, 2, 5), (1, 3, 5), apart=minute)) == []
    assert _found(_votes((1, 2, 6), (1, 3, 6), apart=timedelta(minutes=3))) == []


def test_new_accounts_of_one_agency_among_themselves() -> None:
    ring = _votes((1, 2, 2), (2, 3, 2), (3, 1, 2))
    assert _found(ring, new=(1, 2, 3)) == [(RING, (1, 2, 3), 6)]
    assert _found(ring) == []
    assert _found(_votes((1, 2, 2), (2, 3, 2), (3, 1, 2), (9, 1, 1), (9, 2, 1)), new=(1, 2, 3)) == []
    # However many they are: accounts of one's own making do not make anybody popular.
    many = tuple(range(1, 13))
    assert _found(_votes(*((one, other, 1) for one in many for other in many if one != other)), new=many) == [(RING, many, 132)]


def test_what_is_old_is_not_looked_at() -> None:
    old = [Vote(vote.key, vote.giver, vote.receiver, vote.at - timedelta(days=30)) for vote in _votes((1, 2, 9), (2, 1, 9))]
    assert _found(old) == []


def test_limits_are_read_from_a_setting() -> None:
    assert Limits.read("mutual=5, burst=9") == Limits(mutual=5, burst=9)
    for wrong in ("mutual=x", "unknown=1", "mutual"):
        with pytest.raises(ValueError):
            Limits.read(wrong)


PEOPLE = st.integers(1, 12)
CAST = st.lists(st.tuples(PEOPLE, PEOPLE, st.integers(0, 40 * 24 * 60)), max_size=120)
JOINED = st.lists(st.tuples(st.integers(0, 200), st.sampled_from([None, 1, 2])), min_size=12, max_size=12)


@settings(max_examples=150, deadline=None)
@given(CAST, JOINED)
def test_popular_people_are_never_named_and_votes_stand_once(
    cast: list[tuple[int, int, int]], joined: list[tuple[int, int | None]]
) -> None:
    limits = Limits(many=4, mutual=1, burst=2, funnel=2, ring=2, ring_votes=2)
    votes = [Vote(at, giver, receiver, NOW - timedelta(minutes=ago)) for at, (giver, receiver, ago) in enumerate(cast)]
    members = {at: Member(NOW - timedelta(days=days), office) for at, (days, office) in enumerate(joined, 1)}

    found: list[Pattern] = find(votes, limits=limits, members=members, now=NOW)

    def is_established(giver: int, receiver: int) -> bool:
        one = members[giver]
        is_new = one.joined > NOW - timedelta(days=limits.new_days)
        return giver != receiver and not (is_new and one.office is not None and one.office == members[receiver].office)

    for person in {person for pattern in found for person in pattern.people}:
        behind = {
            vote.giver for vote in votes
            if vote.receiver == person and vote.at > NOW - timedelta(days=30) and is_established(vote.giver, person)
        }  # fmt: skip
        assert len(behind) < limits.many
    keys = [vote.key for pattern in found for vote in pattern.votes]
    assert len(keys) == len(set(keys))
    assert all({vote.giver, vote.receiver} <= set(pattern.people) for pattern in found for vote in pattern.votes)
    assert find(votes[::-1], limits=limits, members=members, now=NOW) == found
