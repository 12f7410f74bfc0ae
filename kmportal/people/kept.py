"""People without an account whom another part keeps to a circle of readers, such as those interviewed in a community.

Until what they told is published farther, their very name is that circle's: no list of the CMS, no suggestion and no address tells it.
Parts above register a rule in `AppConfig.ready()`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from kmportal.people.querysets import PersonQuerySet

Rule = Callable[[Any], Q]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Adds a rule: the condition for people who are kept from this user."""
    if rule not in _rules:
        _rules.append(rule)


def not_from(user: Any, people: "PersonQuerySet") -> "PersonQuerySet":
    """Those of these people who are not kept from the user."""
    for rule in _rules:
        people = people.exclude(rule(user))
    return people
