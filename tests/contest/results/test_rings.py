"""Circles of units that vote only for each other."""

from kmportal.contest.rings import Cast, find


def _votes(*pairs: tuple[int, int]) -> list[Cast]:
    return [Cast(key, giver, receiver) for key, (giver, receiver) in enumerate(pairs)]


def test_a_circle_is_found_and_others_are_left_alone() -> None:
    circle = [(1, 2), (1, 2), (2, 3), (2, 3), (3, 1), (3, 1)]
    crowd = [(4, 5), (6, 5), (7, 5), (8, 5), (5, 9)]
    found = find(_votes(*circle, *crowd))
    assert [(one.units, one.votes) for one in found] == [((1, 2, 3), (0, 1, 2, 3, 4, 5))]


def test_who_is_liked_by_many_stands_in_no_circle() -> None:
    assert find(_votes((1, 2), (1, 2), (2, 1), (2, 1), (3, 1), (4, 1), (5, 1))) == []
