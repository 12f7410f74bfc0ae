"""Points that were taken back by mistake come back: the same number, under the rule by which they were earned."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from kmportal.people.models import User
from rewards import ledger
from rewards.ledger import Cause
from rewards.models import Act, Kind, Transfer


@transaction.atomic
def give_again(*, source: Any, since: datetime, at: datetime, actor: User | None = None) -> list[Transfer]:
    """Issues anew, exactly, what was reversed for a source since a moment and does not stand. Repeating it changes nothing.

    Limits are not asked again: the points were within them when they were earned. A hold whose day is still to come goes on until then.
    What was paid from somebody's bounty stays with them.
    """
    known = Cause(source=source).fields()
    gone = Transfer.objects.filter(
        act=Act.ISSUE, cause_type=known["cause_type"], cause_id=known["cause_id"], reversal__happened_at__gte=since
    )
    ledger.lock(*User.objects.filter(pk__in=gone.order_by().values("owner")))
    found = gone.select_related("owner", "payer", "rule_version").order_by("-pk")
    return [again for transfer in found if (again := _again(transfer, source, at, actor)) is not None]


def _again(gone: Transfer, source: Any, at: datetime, actor: User | None) -> Transfer | None:
    base = gone.key.partition("#")[0]
    made = Transfer.objects.filter(Q(key=base) | Q(key__startswith=f"{base}#"), owner=gone.owner, act=Act.ISSUE)
    given = dict(gone.legs.filter(account__owner=None).values_list("account__kind", "amount"))
    if made.standing().exists() or Kind.BOUNTY in given:
        return None
    cause = Cause(
        source=source, label=gone.label, url=gone.url, payer=gone.payer, actor=actor, rule=gone.rule_version,
        limited_by=gone.limited_by,
    )  # fmt: skip
    return ledger.issue(
        owner=gone.owner, points=-given.get(Kind.MINT, 0), reputation=-given.get(Kind.FAME, 0), key=f"{base}#{made.count() + 1}",
        at=at, cause=cause, vest_at=gone.vest_at if gone.vest_at and gone.vest_at > at else None,
    )  # fmt: skip
