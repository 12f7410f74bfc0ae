"""Fair play: votes that look agreed are brought to a moderator, who upholds the finding or not. Nothing happens without one."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kmportal.moderation.actions.cases import open_case
from kmportal.people.models import User
from rewards import ledger, patterns
from rewards.ledger import Cause
from rewards.models import Act, Finding, Kind, Reason, Transfer
from rewards.offices import offices
from rewards.patterns import Limits, Member, Pattern, Vote

CASE = "votes"
VOTES = (Reason.USEFUL_VOTE, Reason.ANSWER_ACCEPTED)


def limits() -> Limits:
    """What the portal is set to."""
    return Limits.read(settings.FAIR_PLAY)


@transaction.atomic
def look_for_patterns(*, at: datetime) -> list[Finding]:
    """The work of the night: opens a case for each new pattern.

    Votes count whether or not a limit cut what they paid. One that stands in a finding, whatever became of it, is never looked at
    again: what was dismissed is not opened anew for the same votes.
    """
    votes = _votes(at)
    found = patterns.find(votes, limits=limits(), members=_members(votes), now=at)
    return [_open(pattern, at) for pattern in found]


def _votes(at: datetime) -> list[Vote]:
    since = at - timedelta(days=limits().days)
    cast = Transfer.objects.filter(act=Act.ISSUE, rule_version__rule__code__in=VOTES, payer__isnull=False, findings=None)
    rows = cast.standing().between(since, None).order_by("pk").values_list("pk", "payer", "owner", "happened_at")
    return [Vote(pk, payer or 0, owner, when) for pk, payer, owner, when in rows]


def _members(votes: Iterable[Vote]) -> dict[int, Member]:
    keys = {key for vote in votes for key in (vote.giver, vote.receiver)}
    office = {pk: one.pk for pk, one in offices().items()}
    rows = User.objects.filter(pk__in=keys).values_list("pk", "date_joined", "agency")
    return {pk: Member(joined, office.get(agency) if agency else None) for pk, joined, agency in rows}


def _open(pattern: Pattern, at: datetime) -> Finding:
    key = f"{pattern.name} {min(vote.key for vote in pattern.votes)}"
    finding, is_new = Finding.objects.get_or_create(key=key, defaults={"pattern": pattern.name, "found_at": at})
    if is_new:
        finding.people.set(pattern.people)
        finding.transfers.set(_with_thanks_of_askers(pattern))
        open_case(kind=CASE, subject=finding, key=f"votes {finding.pk}", evidence=evidence_of(pattern))
    return finding


def _with_thanks_of_askers(pattern: Pattern) -> list[int]:
    """The votes, and what accepting brought to those whose accepting is among them."""
    keys = [vote.key for vote in pattern.votes]
    causes = Transfer.objects.filter(pk__in=keys, rule_version__rule__code=Reason.ANSWER_ACCEPTED).values_list(
        "cause_type", "cause_id", "payer"
    )
    more: list[int] = []
    for kind, cause, asker in causes:
        paid = Transfer.objects.filter(cause_type=kind, cause_id=cause, owner=asker, act=Act.ISSUE, findings=None).standing()
        more += paid.filter(rule_version__rule__code=Reason.ACCEPTING_ANSWER).values_list("pk", flat=True)
    return keys + more


def evidence_of(pattern: Pattern) -> dict[str, Any]:
    """What stands in the case: who for whom, how often, from when to when. Not what for: that may lie in a closed circle."""
    pairs = Counter((vote.giver, vote.receiver) for vote in pattern.votes)
    times = sorted(vote.at for vote in pattern.votes)
    return {
        "pattern": pattern.name,
        "votes": len(pattern.votes),
        "first": times[0].isoformat(),
        "last": times[-1].isoformat(),
        "pairs": [{"from": giver, "to": receiver, "times": number} for (giver, receiver), number in sorted(pairs.items())],
    }


def lock(finding: Finding) -> None:
    """Decisions about one finding come one after the other."""
    _taken(finding)


# --- What a moderator decides ------------------------------------------------------------------------------------------------------
@transaction.atomic
def uphold(*, actor: User, finding: Finding, note: str = "") -> list[int]:
    """Reverses exactly what these votes brought and what still stands of it; answers which transfers. Again changes nothing.

    Callers have asked whether the actor may decide.
    """
    finding = _taken(finding)
    if finding.state == Finding.State.UPHELD:
        return []
    now = timezone.now()
    owners = list(User.objects.filter(pk__in=finding.transfers.order_by().values("owner")))
    ledger.lock(*owners)
    standing = list(finding.transfers.standing().select_related("owner").order_by("pk"))
    for transfer in standing:
        ledger.reverse(transfer=transfer, at=now, actor=actor, note=note)
    _decide(finding, Finding.State.UPHELD, actor, now)
    return [transfer.pk for transfer in standing]


@transaction.atomic
def dismiss(*, actor: User, finding: Finding) -> None:
    """Nothing is wrong: nothing changes, and these votes are not brought up again."""
    finding = _taken(finding)
    if finding.state == Finding.State.OPEN:
        _decide(finding, Finding.State.DISMISSED, actor, timezone.now())


@transaction.atomic
def reinstate(*, actor: User, finding: Finding, reversed_now: Collection[int]) -> None:
    """An appeal was granted: gives back exactly what upholding took, point for point, whatever the limits say today.

    Args:
        reversed_now: what `uphold` answered.
    """
    finding = _taken(finding)
    if finding.state != Finding.State.UPHELD:
        return
    now = timezone.now()
    taken = list(finding.transfers.filter(pk__in=reversed_now).select_related("owner", "payer", "rule_version").order_by("pk"))
    ledger.lock(*(transfer.owner for transfer in taken))
    again = [_again(transfer, actor, now) for transfer in taken]
    finding.transfers.add(*again)
    _decide(finding, Finding.State.DISMISSED, actor, now)


def _again(transfer: Transfer, actor: User, now: datetime) -> Transfer:
    given = dict(transfer.legs.filter(account__owner=None).values_list("account__kind", "amount"))
    waits = transfer.vest_at is not None and transfer.vest_at > now
    cause = Cause(
        source=_row(transfer),
        label=transfer.label, url=transfer.url, payer=transfer.payer, actor=actor, rule=transfer.rule_version,
        limited_by=transfer.limited_by,
    )  # fmt: skip
    return ledger.issue(
        owner=transfer.owner, points=-given.get(Kind.MINT, 0), reputation=-given.get(Kind.FAME, 0), at=now, cause=cause,
        key=f"{transfer.key.partition('#')[0]}#given-back-{transfer.pk}", vest_at=transfer.vest_at if waits else None,
    )  # fmt: skip


def _row(transfer: Transfer) -> Any:
    """What it was for, as far as the ledger needs it: the row itself may have gone."""
    model: Any = transfer.cause_type.model_class() if transfer.cause_type else None
    return model(pk=transfer.cause_id) if model else None


def _taken(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)


def _decide(finding: Finding, state: Finding.State, actor: User, now: datetime) -> None:
    finding.state, finding.decided_at, finding.decided_by = state, now, actor
    finding.save(update_fields=["state", "decided_at", "decided_by"])


# --- Meanwhile ---------------------------------------------------------------------------------------------------------------------
def of_suspected(issues: Sequence[Transfer]) -> Collection[int]:
    """Points from votes that a moderator has not decided on go on waiting. Registered with holds."""
    keys = [issue.pk for issue in issues]
    return set(
        Finding.transfers.through.objects.filter(transfer__in=keys, finding__state="open").values_list("transfer", flat=True)
    )
