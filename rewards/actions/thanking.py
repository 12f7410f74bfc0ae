"""Saying thanks for something, and taking it back. It brings no points to anybody."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import take_back as untell
from kmportal.inbox.actions import tell
from kmportal.people.models import User
from rewards import thankable
from rewards.merit_notices import THANKED
from rewards.models import Thanks
from rewards.models.thanks import LONGEST_WORDS
from rewards.thankable import Thankable


class TooManyWords(Exception):
    words: Any = _("Thanks are short: at most 140 characters.")


@transaction.atomic
def thank(*, actor: User, kind: Thankable, key: int, words: str = "") -> Thanks:
    """Thanks those whose work a thing is; once for each thing. Again changes nothing and gives the first thanks.

    Args:
        words: for those who are thanked, nobody else reads them.

    Raises:
        DoesNotExist: gone, or not the actor's to see.
        PermissionDenied: one's own, nobody there to thank, or thanks would tell who asked without a name.
        TooManyWords
    """
    thing, said = _take(actor, kind, key), " ".join(words.replace("\x00", "").split())
    people = list(kind.thanked(thing))
    if not actor.is_active or not people or actor.pk in {person.pk for person in people} or kind.not_by([thing], actor):
        raise PermissionDenied
    if len(said) > LONGEST_WORDS:
        raise TooManyWords
    made, is_new = Thanks.objects.get_or_create(
        giver=actor, thing_type=_type(kind), thing_id=thing.pk, defaults={"words": said, "created_at": timezone.now()}
    )
    if is_new:
        made.receivers.set(people)
        tell(
            kind=THANKED, recipients=people, actor=actor, thing=made, key=_key(kind, thing.pk, actor), titles=kind.titles(thing),
            data={"quote": said},
        )  # fmt: skip
    return made


@transaction.atomic
def take_back_thanks(*, actor: User, kind: Thankable, key: int) -> bool:
    """Takes one's thanks back, with the notice if nobody has read it. Again changes nothing. Answers whether something changed.

    Raises:
        DoesNotExist: gone, or not the actor's to see.
    """
    thing = _take(actor, kind, key)
    gone, _by_model = Thanks.objects.filter(giver=actor, thing_type=_type(kind), thing_id=thing.pk).delete()
    if gone:
        untell(kind=THANKED, key=_key(kind, thing.pk, actor))
    return bool(gone)


def _take(actor: Any, kind: Thankable, key: int) -> Any:
    return kind.visible(actor).get(pk=key)


def _type(kind: Thankable) -> ContentType:
    return thankable.type_of(kind)


def _key(kind: Thankable, key: int, actor: User) -> str:
    return f"{kind.code} {key} by {actor.pk}"
