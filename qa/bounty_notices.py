"""What people hear of bounties: they won one, theirs ends soon, theirs has ended."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from qa.models import Bounty
from qa.notices import GROUP

BOUNTY_WON, BOUNTY_ENDING, BOUNTY_ENDED = "qa.bounty_won", "qa.bounty_ending", "qa.bounty_ended"
BOUNTY_AGAIN = "qa.bounty_again"


def _bounties(user: Any) -> "QuerySet[Any]":
    return Bounty.objects.visible_to(user)


def _common() -> dict[str, Any]:
    return {
        "group": GROUP,
        "visible": _bounties,
        "titles": lambda thing: (thing.question.title, ""),
        "place": lambda thing: str((thing.answer or thing.question).get_absolute_url()),
    }


def declare() -> None:
    """Called once, by QaConfig.ready."""
    won = pgettext_lazy("kind of notice", "Your answer won a bounty")
    ending = pgettext_lazy("kind of notice", "A bounty you offered ends within a day")
    ended = pgettext_lazy("kind of notice", "A bounty you offered has ended")
    register(Kind(BOUNTY_WON, won, line="qa/notices/bounty_won.txt", icon="medal", **_common()))
    more = "qa/notices/bounty_ending_more.txt"
    register(Kind(BOUNTY_ENDING, ending, line="qa/notices/bounty_ending.txt", more=more, icon="clock", **_common()))
    again = pgettext_lazy("kind of notice", "A bounty you offered stands again after an appeal")
    register(Kind(BOUNTY_AGAIN, again, line="qa/notices/bounty_again.txt", icon="medal", **_common()))
    register(Kind(BOUNTY_ENDED, ended, line="qa/notices/bounty_ended.txt", icon="medal", mail=False, **_common()))
