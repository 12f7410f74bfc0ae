"""The book of what staff do: written in the transaction of the act, never changed."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from kmportal.core import acts
from kmportal.moderation.models import LONGEST_REASON, StaffAct
from kmportal.people.models import User


@transaction.atomic
def record(
    *, actor: User | None, act: str, thing: Model | None = None, reason: str = "", data: dict[str, Any] | None = None
) -> StaffAct:
    """Writes down an act. Asks no permission: the verb that does the act has asked.

    Args:
        actor: None for what the portal did by itself.
        act: the code of a declared act (core.acts). thing: what it was done to; its words are kept as they are now.
        data: what else should be known; plain JSON, no names of people whom the thing does not name itself.

    Raises:
        KeyError: nobody declared the act.
    """
    acts.declared(act)
    pointer = {"thing_type": ContentType.objects.get_for_model(thing), "thing_id": thing.pk} if thing is not None else {}
    return StaffAct.objects.create(
        at=timezone.now(), actor=actor, act=act, label=str(thing)[:255] if thing is not None else "",
        reason=reason.strip()[:LONGEST_REASON], data=data or {}, circle=acts.circle_of(thing), **pointer,
    )  # fmt: skip
