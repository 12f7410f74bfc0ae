"""The kinds of cases there are. An app declares its own in AppConfig.ready():

    kinds.register(Kind("post", _("Posts"), handled=…, readable=…, …))

Who handles a case, and who may read what it is about, is asked of the app each time: a case about what somebody may not read does not
exist for them, in no list and no count.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

# The rows of each model that cases of this kind are about, as far as this person handles (or may read) them, hidden ones too.
Rows = Callable[[Any], "Iterable[QuerySet[Any]]"]
# (case, actor, reason) → what must be remembered to undo it.
Apply = Callable[[Any, Any, str], "dict[str, Any] | None"]
# (case, actor, reason); what `apply` remembered stands in case.decision.data.
Undo = Callable[[Any, Any, str], None]


def _nothing(case: Any, actor: Any, reason: str) -> None:
    """For outcomes that only say something."""


def _no_lock(subject: Any) -> None:
    """For subjects that no other verb changes meanwhile."""


@dataclass(frozen=True)
class Ready:
    """A reason that moderators choose instead of writing it; everybody reads it in their own language."""

    code: str
    text: str | Promise


@dataclass(frozen=True)
class Outcome:
    """How a case may end.

    Args:
        code: as it stands in the table; never changed.
        label: what is decided; `help` says what follows from it, before it is chosen.
        told: the sentence for those the case is about, and for those who reported it.
        apply: does it, in the transaction of the decision. undo: takes it back exactly, when an appeal is granted.
        against: whether it is to somebody's disadvantage, so that they may appeal.
        reasons: ready-made ones.
    """

    code: str
    label: str | Promise
    help: str | Promise = ""
    told: str | Promise = ""
    apply: Apply = _nothing
    undo: Undo = _nothing
    against: bool = True
    reasons: tuple[Ready, ...] = ()


@dataclass(frozen=True)
class Kind:
    """What moderation knows of a kind of case.

    Args:
        code: as it stands in the table; never changed. label: what a reader calls such cases.
        handled: whose cases somebody decides; readable: what somebody may read at all, hidden or not.
        handlers: who handles cases about this subject; they are told when there is something to do.
        about: the people whom the decision concerns; they are told, and may appeal.
        titles: of the subject, in Thai and in English ("" where there is none). place: where it is read, "" while it is
            nowhere.
        evidence: template of what the case page shows; it knows case, subject and evidence.
        outcomes: the ways to end it, the mildest first.
        loaded: rows of each of its models with whatever titles need, for lists. icon: in static/icons.svg.
        sorts: what the reports of such a case may say, by their code.
        lock: takes the row that the verbs of the subject lock first, so that a decision and such a verb never wait for each other.
    """

    code: str
    label: str | Promise
    handled: Rows
    readable: Rows
    handlers: Callable[[Any], Iterable[Any]]
    about: Callable[[Any], Iterable[Any]]
    titles: Callable[[Any], tuple[str, str]]
    place: Callable[[Any], str]
    evidence: str
    outcomes: Sequence[Outcome]
    loaded: Callable[[], "Iterable[QuerySet[Any]]"]
    icon: str = "flag"
    sorts: dict[str, Any] = field(default_factory=dict)
    lock: Callable[[Any], None] = _no_lock

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code.

        Raises:
            KeyError: there is none.
        """
        return {outcome.code: outcome for outcome in self.outcomes}[code]


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


def every() -> list[Kind]:
    """In the order of their declaration."""
    return list(_kinds.values())
