"""The kinds of notices there are. An app declares its own in AppConfig.ready():

    kinds.register(Kind(code="library.approved", label=_("…"), group=_("…"), line="library/notices/approved.txt", visible=readable))

Nobody is told what was not declared, and a notice whose kind has gone is shown to nobody.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

# The rows of the thing's model that this person may see now; None where a notice of the kind says nothing that could be hidden.
Visible = Callable[[Any], "QuerySet[Any]"]
INBOX, MAIL = "inbox", "mail"
CHANNELS = (INBOX, MAIL)


def _address(thing: Any) -> str:
    return str(thing.get_absolute_url())


def _titles(thing: Any) -> tuple[str, str]:
    return str(thing), ""


def _everybody(user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """What the inbox knows of a kind of notice.

    Args:
        code: "app.what", as it stands in the table and in addresses; never changed.
        label: what it is about, in the settings and in the filter; `help` says more there.
        group: heading of the settings it stands under.
        line: a text template of one sentence, rendered when it is read. It knows actor, title, number, others, data and notice.
        more: a text template of what to do now, for the mail alone.
        subject: a text template for a mail of several notices at once; it knows number.
        icon: name in static/icons.svg.
        inbox, mail: whether people get it there who never chose.
        mail_fixed: the mail cannot be switched off.
        visible: who may see it, asked anew whenever it is listed, counted, opened or mailed.
        place: where opening it leads; a local address.
        titles: of the thing, in Thai and in English ("" where there is none).
        concerns: whether it can reach this person at all; others do not meet it in their settings.
    """

    code: str
    label: str | Promise
    group: str | Promise
    line: str
    help: str | Promise = ""
    more: str = ""
    subject: str = ""
    icon: str = "bell"
    inbox: bool = True
    mail: bool = True
    mail_fixed: bool = False
    visible: Visible | None = None
    place: Callable[[Any], str] = _address
    titles: Callable[[Any], tuple[str, str]] = _titles
    concerns: Callable[[Any], bool] = _everybody

    def by_default(self, channel: str) -> bool:
        return self.inbox if channel == INBOX else self.mail

    def is_fixed(self, channel: str) -> bool:
        return channel == MAIL and self.mail_fixed


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Adds a kind, or replaces the one with the same code."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The declared kind.

    Raises:
        KeyError: nobody declared it.
    """
    return _kinds[code]


def known(code: str) -> bool:
    return code in _kinds


def concerning(user: Any, among: Collection[str] | None = None) -> list[Kind]:
    """The kinds that can reach this person, in the order of their declaration; `among` these codes only."""
    return [kind for code, kind in _kinds.items() if (among is None or code in among) and kind.concerns(user)]
