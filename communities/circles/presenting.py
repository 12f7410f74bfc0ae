"""A circle as one reader meets it now: the frame above the talk, the lobby, the record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles import consent
from communities.circles.actions.speaking import composer, promise_of
from communities.circles.actions.withdrawing import withdrawable
from communities.circles.facts import running_in, standing_of, written_in
from communities.circles.models import Ballot, Choice, Circle, InGroup, Part, Round, Said, Turn
from communities.circles.models.templates import Mode
from communities.circles.rules import Standing
from communities.talk.gates import Composer
from communities.talk.models import Message
from kmportal.core import clean

TO_CHOOSE_FROM = 30
WARN = 120
"""Seconds before the end at which everybody is told."""
WHAT_TO_DO = {
    Mode.SILENT: _("Read and think. Writing opens in the next round."),
    Mode.BLIND: _("Everybody writes. Nobody sees anything until all is shown together."),
    Mode.OPEN: _("Everybody writes when they like."),
    Mode.TURN: _("One speaks after the other. Raise your hand to come into the queue."),
    Mode.TELLER: _("The teller tells; the others listen."),
    Mode.ASK: _("Ask the teller for detail. Only questions, no advice."),
    Mode.INNER: _("The inner circle talks. The others listen, ask from outside, or take the empty seat."),
    Mode.SMALL: _("Talk in your small group. Members of the community can read all groups."),
    Mode.VOTE: _("Choose what counts most."),
    Mode.OFFLINE: _("Write when you have time; this round is open for days."),
}


@dataclass(frozen=True)
class Step:
    """A round in the line of rounds."""

    number: int
    label: Any
    state: str


@dataclass(frozen=True)
class Voted:
    """A choice with its votes; `count` is None as long as the choosing goes on."""

    choice: Choice
    mine: bool
    count: int | None


@dataclass(frozen=True)
class Group:
    number: int
    thread: int
    people: list[Part]
    mine: bool


@dataclass(frozen=True)
class Held:
    """What the reader wrote in a round that is not shown yet; `text` for the form."""

    message: Message
    text: str


@dataclass
class Frame:
    """What stands above the stream of a channel. The parts that a mode does not have stay empty."""

    circle: Circle
    round: Round | None
    who: Standing
    composer: Composer
    now: datetime
    steps: list[Step] = field(default_factory=list)
    written: int = 0
    held: list[Held] = field(default_factory=list)
    speaking: Turn | None = None
    waiting: list[Turn] = field(default_factory=list)
    mine: Turn | None = None
    groups: list[Group] = field(default_factory=list)
    movable: list[Part] = field(default_factory=list)
    choices: list[Voted] = field(default_factory=list)
    votes_left: int = 0
    voters: int = 0
    to_offer: list[Message] = field(default_factory=list)

    @property
    def is_in(self) -> bool:
        return self.who.role is not None

    @property
    def may_act(self) -> bool:
        return self.who.role not in {None, Part.Role.OBSERVER}

    @property
    def what_to_do(self) -> Any:
        return WHAT_TO_DO[Mode(self.round.mode)] if self.round else ""

    @property
    def rescue(self) -> list[tuple[int, str, bool]]:
        if self.round is None:
            return []
        return [(number, words, number in self.round.asked) for number, words in enumerate(self.round.rescue)]

    @property
    def seconds(self) -> int | None:
        """To the planned end; negative past it. Only rounds of minutes have a clock."""
        if self.round is None or self.round.ends_at is None or self.round.mode == Mode.OFFLINE:
            return None
        return int((self.round.ends_at - self.now).total_seconds())

    @property
    def minutes_left(self) -> int:
        return max(0, -(-(self.seconds or 0) // 60))

    @property
    def next_group(self) -> int:
        return max((group.number for group in self.groups), default=0) + 1

    @property
    def promise(self) -> str:
        return promise_of(self.round)


def frame_of(user: Any, circle: Circle) -> Frame:
    """The frame for this reader; at most twelve queries, however many take part."""
    now_round = running_in(circle) if circle.is_live else None
    who = standing_of(user, circle, now_round)
    frame = Frame(circle, now_round, who, composer(reader=user, channel=circle.channel) or Composer(), timezone.now())
    frame.steps = _steps(circle)
    part = Part.objects.filter(circle=circle, user=user).joined().first() if who.role else None
    if now_round is not None and now_round.mode in _MORE:
        _MORE[Mode(now_round.mode)](frame, now_round, part, user)
    return frame


def _steps(circle: Circle) -> list[Step]:
    reached = circle.round_number
    found = []
    for one in circle.rounds.all():
        past = one.number < reached or (one.number == reached and circle.state != Circle.State.RUNNING)
        found.append(Step(one.number, one.get_mode_display(), "done" if past else "now" if one.number == reached else ""))
    return found


def _blind(frame: Frame, now_round: Round, part: Part | None, user: Any) -> None:
    if not now_round.holds_back:
        return
    frame.written = written_in(now_round)
    if not now_round.anonymous:
        own = Message.objects.filter(said__round=now_round, seq=None, author=user).order_by("pk")
        frame.held = [Held(message, clean.typed(message.body) or message.text) for message in own]


def _turns(frame: Frame, now_round: Round, part: Part | None, user: Any) -> None:
    turns = list(Turn.objects.filter(round=now_round, done_at=None).select_related("part__user"))
    frame.speaking = next((turn for turn in turns if turn.called_at), None)
    frame.waiting = [turn for turn in turns if not turn.called_at]
    frame.mine = next((turn for turn in turns if part is not None and turn.part_id == part.pk), None)


def _groups(frame: Frame, now_round: Round, part: Part | None, user: Any) -> None:
    rows: dict[int, Group] = {}
    for one in InGroup.objects.filter(round=now_round).select_related("part__user"):
        group = rows.setdefault(one.number, Group(one.number, one.thread_id, [], False))
        group.people.append(one.part)
        if part is not None and one.part_id == part.pk:
            rows[one.number] = Group(one.number, one.thread_id, group.people, True)
    frame.groups = [rows[number] for number in sorted(rows)]
    if frame.who.leads:
        joined = Part.objects.filter(circle=frame.circle).joined().exclude(role=Part.Role.OBSERVER)
        frame.movable = list(joined.select_related("user"))


def _votes(frame: Frame, now_round: Round, part: Part | None, user: Any) -> None:
    mine = set(Ballot.objects.filter(round=now_round, part=part).values_list("choice", flat=True)) if part else set()
    frame.votes_left = now_round.votes - len(mine)
    frame.choices = [Voted(one, one.pk in mine, None) for one in choices_of(now_round)]
    frame.voters = Ballot.objects.filter(round=now_round).order_by().values("part").distinct().count()
    if frame.who.leads or frame.who.role == Part.Role.NOTE_TAKER:
        offered = [one.choice.message_id for one in frame.choices]
        said = Said.objects.filter(circle=frame.circle).standing().exclude(message__in=[key for key in offered if key])
        frame.to_offer = [one.message for one in said.select_related("message").order_by("-message__seq")[:TO_CHOOSE_FROM]]


_MORE = {Mode.BLIND: _blind, Mode.TURN: _turns, Mode.INNER: _turns, Mode.SMALL: _groups, Mode.VOTE: _votes}


def choices_of(now_round: Round) -> list[Choice]:
    """What is up to be chosen, without what its writer has taken back since."""
    there = now_round.choices.select_related("message").exclude(message__deleted_at__isnull=False)
    return list(there.order_by("position", "pk"))


# --- The lobby and the record -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Lobby:
    """Who is here and what one agrees to."""

    here: list[Part]
    asked: list[Part]
    mine: Part | None
    words: list[Any]
    rounds: list[Round]


def lobby_of(user: Any, circle: Circle) -> Lobby:
    """Two queries."""
    parts = list(Part.objects.filter(circle=circle, left_at=None).select_related("user"))
    rounds = list(circle.rounds.all())
    return Lobby(
        here=[part for part in parts if part.is_in],
        asked=[part for part in parts if not part.is_in],
        mine=next((part for part in parts if part.user_id == user.pk), None),
        words=consent.words_of(circle),
        rounds=rounds,
    )


@dataclass(frozen=True)
class Line:
    """A message in the record."""

    message: Message
    may_withdraw: bool


@dataclass(frozen=True)
class Chapter:
    """A round in the record with what was said in it; `round` None: the wrap-up."""

    round: Round | None
    lines: list[Line]
    results: list[Voted]


def record_of(user: Any, circle: Circle) -> list[Chapter]:
    """What was said, round by round; four queries. What is held back still is not in it, nobody's own either."""
    said = Said.objects.visible_to(user).filter(circle=circle, message__seq__isnull=False)
    rows = list(said.select_related("message__author__agency", "message__thread").order_by("message__seq"))
    own = [one.message_id for one in rows if one.message.author_id == user.pk and one.withdrawn_at is None]
    free = withdrawable(own) if own else set()
    by_round: dict[int | None, list[Line]] = {}
    for one in rows:
        by_round.setdefault(one.round_id, []).append(Line(one.message, one.message_id in free))
    results = _results(circle)
    begun = [one for one in circle.rounds.all() if one.started_at]
    chapters = [Chapter(one, by_round.get(one.pk, []), results.get(one.pk, [])) for one in begun]
    return [*chapters, Chapter(None, by_round[None], [])] if None in by_round else chapters


def _results(circle: Circle) -> dict[int, list[Voted]]:
    """Only of rounds that ended: a running tally would lead those who did not choose yet."""
    counted = Choice.objects.filter(round__circle=circle, round__ended_at__isnull=False, message__deleted_at=None)
    found: dict[int, list[Voted]] = {}
    for one in counted.select_related("message").annotate(count=Count("ballots")).order_by("-count", "position"):
        found.setdefault(one.round_id, []).append(Voted(one, False, getattr(one, "count", 0)))
    return found
