"""The gate of talk while a circle runs, and changing what is held back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles import rules
from communities.circles.actions.ground import NotNow, happened, take_to_act
from communities.circles.facts import is_led, live_in, running_in, standing_of, written_in
from communities.circles.models import Circle, InGroup, Round, Said
from communities.talk.actions.saying import Words, draft
from communities.talk.gates import Composer, Gate, Passage, Refused, register
from communities.talk.models import Channel, Message
from kmportal.core import clean
from kmportal.people.models import User

PROMISE = "circle"
HELD = _("Nobody sees what you write until all is shown together.")
HELD_NAMELESS = _(
    "Nobody sees what you write until all is shown together, and nobody learns who wrote it: your name is not stored."
)


def promise_of(now_round: Round | None) -> str:
    """Rounds that hold back make a promise to what is written in them; the others make none."""
    return f"{PROMISE} {now_round.pk}" if now_round is not None and now_round.holds_back else ""


def let_through(*, actor: Any, channel: Channel, message: Message, promise: str) -> Passage | None:
    """The gate: how a message of this channel is stored now. See the table in docs/CIRCLES.md.

    Raises:
        Refused
    """
    # Mostly there is none, and asking that alone is cheap.
    circle = live_in(channel) if is_led(channel) else None
    now_round = running_in(circle) if circle is not None else None
    if promise.startswith(PROMISE) and not _still_holds(promise, now_round):
        raise Refused(rules.TOO_LATE)
    if circle is None:
        return None
    if _is_elsewhere(message.thread_id, now_round):
        if promise:
            raise Refused(rules.ELSEWHERE)
        return None
    words = rules.refusal(now_round, standing_of(actor, circle, now_round), text=message.text, thread=message.thread_id)
    if (
        words is None
        and now_round is not None
        and now_round.holds_back
        and now_round.anonymous
        and clean.pictures_in(message.body)
    ):
        words = rules.NO_PICTURES
    if words is not None:
        raise Refused(words)
    return _passage(circle, now_round)


def composer(*, reader: Any, channel: Channel, thread: int | None = None) -> Composer | None:
    """What the form below the stream says while a circle runs; in a thread that is none of the circle's it says nothing."""
    circle = live_in(channel)
    if circle is None:
        return None
    now_round = running_in(circle)
    if _is_elsewhere(thread, now_round):
        return None
    words = rules.refusal(now_round, standing_of(reader, circle, now_round))
    held = now_round is not None and now_round.holds_back
    if words is not None:
        # Who only watches is told of the promise too, or their typing would show that of the others.
        return Composer(open=False, words=words, held=held)
    if now_round is None or not held:
        return Composer()
    return Composer(
        words=HELD_NAMELESS if now_round.anonymous else HELD,
        promise=promise_of(now_round),
        nameless=now_round.anonymous,
        held=True,
    )


def stand_at_the_gate() -> None:
    """Called once, by CirclesConfig.ready."""
    register(Gate(ask=let_through, composer=composer))


@transaction.atomic
def change_held(*, actor: User, circle: int, client_id: UUID, body: str) -> Message | None:
    """Changes what one wrote in a round that is not shown yet; nothing left takes it back. Keeps no version: nobody saw the one before.

    Of a message without an author, the name that its writer's device gave it is all that shows whose it is; nobody else ever gets it.

    Raises:
        Circle.DoesNotExist, PermissionDenied, Message.DoesNotExist, NotNow: it is shown already. NothingSaid, TooLong
    """
    current = take_to_act(actor=actor, circle=circle)
    now_round = running_in(current)
    if now_round is None or not now_round.holds_back:
        raise NotNow
    mine = Q(author=actor) | Q(author=None)
    message = Message.objects.filter(mine, said__round=now_round, seq=None).get(client_id=client_id)
    if not body.strip():
        message.delete()
        happened_written(circle=current, now_round=now_round)
        return None
    changed = draft(actor=actor, channel=current.channel, words=Words(client_id=client_id, body=body))
    if now_round.anonymous and clean.pictures_in(changed.body):
        raise Refused(rules.NO_PICTURES)
    message.body, message.text = changed.body, changed.text
    message.save(update_fields=["body", "text"])
    return message


def happened_written(*, circle: Circle, now_round: Round) -> None:
    """Says how many have written, and nothing of who; where no name is stored, not even the minute."""
    at = now_round.started_at if now_round.anonymous else None
    happened(circle=circle, what="written", at=at or timezone.now(), written=written_in(now_round))


def _still_holds(promise: str, now_round: Round | None) -> bool:
    """The round that the words were written for runs, and keeps what it promised: after the reveal names are shown again."""
    if now_round is None or promise != f"{PROMISE} {now_round.pk}":
        return False
    return now_round.holds_back or not now_round.anonymous


def _is_elsewhere(thread: int | None, now_round: Round | None) -> bool:
    """In a thread that is none of the circle's: other talk goes on there."""
    if thread is None:
        return False
    if now_round is None:
        return True
    return thread != now_round.thread_id and not InGroup.objects.filter(round=now_round, thread=thread).exists()


def _passage(circle: Circle, now_round: Round | None) -> Passage:
    holds = now_round is not None and now_round.holds_back
    nameless = holds and now_round is not None and now_round.anonymous

    def stored(message: Message) -> None:
        Said.objects.create(circle=circle, round=now_round, message=message)
        if holds and now_round is not None:
            circle.channel = message.channel
            happened_written(circle=circle, now_round=now_round)

    return Passage(hold=holds, nameless=nameless, at=now_round.started_at if nameless and now_round else None, stored=stored)
