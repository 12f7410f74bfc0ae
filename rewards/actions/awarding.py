"""The one entry for all that earns points. Producers say what happened; rules say how many; the ledger moves them.

award(reason=Reason.ANSWER_ACCEPTED, earner=answer.author, payer=actor, source=answer, key=str(answer.pk), at=now)
take_back(source=answer, reason=Reason.ANSWER_ACCEPTED, actor=actor, at=now)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from kmportal.people.models import User
from rewards import ledger, rules
from rewards.ledger import Cause
from rewards.models import Act, Finding, Reason, RuleVersion, Transfer
from rewards.rules import Amount


@dataclass(frozen=True, kw_only=True)
class _Award:
    """What one award is about, apart from who gets it."""

    version: RuleVersion
    payer: User | None
    actor: User | None
    source: Any
    key: str
    label: str
    url: str
    at: datetime


@transaction.atomic
def award(
    *, reason: Reason, earner: User | None, payer: User | None, source: Any, key: str, at: datetime,
    label: str = "", url: str = "", actor: User | None = None, amount: Amount | None = None,
) -> Transfer | None:  # fmt: skip
    """Pays one person for one thing, as the rule that holds at that moment says.

    Again with the same key while the first award stands: gives the first one, changes nothing. After it was taken back: pays anew;
    but not what a moderator corrected.

    Args:
        earner: None for what was written anonymously: nothing is paid, and nothing is written down that could tell who it was.
        payer: whose act earned it (who accepted, who voted); limits of a pair and the own agency look at them.
        source: what it was for; `label` and `url` are its name and address, by default its own words and get_absolute_url().
        key: names the thing within the reason, "answer 17".
        amount: instead of what the rule gives, where the thing itself says how much, as a prize does. The limits of the rule stay.

    Returns:
        The transfer; None where nothing is due: no earner, one's own thing, or no rule. An award that a limit cut to nothing is
        written down with the reason.
    """
    version = rules.version_at(reason, at)
    if version is None or earner is None or earner == payer:
        return None
    about = _Award(version=version, payer=payer, actor=actor, source=source, key=key, label=label, url=url, at=at)
    ledger.lock(earner)
    return _pay(about, earner, amount or Amount(version.points, version.reputation))


@dataclass(frozen=True)
class Share:
    """One of several who made a thing together; a larger weight is a larger part."""

    earner: User
    weight: int = 1


@transaction.atomic
def award_shared(
    *, reason: Reason, among: Sequence[Share], payer: User | None, source: Any, key: str, at: datetime,
    label: str = "", url: str = "", actor: User | None = None,
) -> list[Transfer]:  # fmt: skip
    """Pays what the rule gives once, divided among several people; the parts sum to it exactly.

    While an award for this source stands, nothing more is paid, whoever has joined since. The payer gets no part: nobody rewards
    themselves.

    Returns:
        A transfer for each; none where nothing is due.
    """
    version = rules.version_at(reason, at)
    sharing = [share for share in among if share.earner != payer]
    if version is None or not sharing:
        return []
    ledger.lock(*(share.earner for share in sharing))
    if _of(source, reason).standing().exists():
        return []
    about = _Award(version=version, payer=payer, actor=actor, source=source, key=key, label=label, url=url, at=at)
    weights = [share.weight for share in sharing]
    parts = zip(rules.shares(version.points, weights), rules.shares(version.reputation, weights), strict=True)
    return [_pay(about, share.earner, Amount(*part)) for share, part in zip(sharing, parts, strict=True)]


@transaction.atomic
def take_back(
    *, source: Any, reason: Reason | None, at: datetime, earner: User | None = None, payer: User | None = None,
    actor: User | None = None, only_on_hold: bool = False, note: str = "",
) -> list[Transfer]:  # fmt: skip
    """Reverses what was paid for a source, exactly. Repeating it changes nothing.

    Args:
        reason: one reason, or None for all that this source earned.
        earner: one person, or everybody who was paid.
        payer: what one person's act brought, such as a vote; or all of it.
        only_on_hold: leave alone what has become available already.

    Returns:
        The reversals that were written now.
    """
    paid = _of(source, reason).standing()
    if earner is not None:
        paid = paid.filter(owner=earner)
    if payer is not None:
        paid = paid.filter(payer=payer)
    if only_on_hold:
        paid = paid.filter(Q(vest_at__gt=at) | Q(vesting__isnull=False))
    owners = list(User.objects.filter(pk__in=paid.order_by().values("owner")))
    ledger.lock(*owners)
    # Asked again under the locks: somebody may have taken back the same a moment ago.
    found = paid.filter(owner__in=owners).select_related("owner").order_by("pk")
    return [ledger.reverse(transfer=transfer, at=at, actor=actor, note=note) for transfer in found]


def lock_accounts(*people: User) -> None:
    """For a verb that moves points of several people by several calls: all of them first, so that two such verbs never wait for each other."""
    ledger.lock(*people)


def _of(source: Any, reason: Reason | None) -> Any:
    """What was issued for a source."""
    known = Cause(source=source).fields()
    found = Transfer.objects.filter(act=Act.ISSUE, cause_type=known["cause_type"], cause_id=known["cause_id"])
    return found.filter(rule_version__rule__code=reason) if reason is not None else found


def _pay(about: _Award, earner: User, wanted: Amount) -> Transfer:
    version, at = about.version, about.at
    key = f"{version.rule.code}:{about.key}:{earner.pk}"
    made = Transfer.objects.filter(Q(key=key) | Q(key__startswith=f"{key}#"), owner=earner, act=Act.ISSUE)
    standing = made.standing().first()
    if standing is not None:
        return standing
    corrected = made.filter(findings__state=Finding.State.UPHELD).last()
    if corrected is not None:
        return corrected
    amount = rules.reckon(version, wanted, earner=earner, payer=about.payer, at=at)
    nth = made.count() + 1
    cause = Cause(
        source=about.source, label=about.label or str(about.source), url=about.url or _address(about.source), payer=about.payer,
        actor=about.actor or about.payer, rule=version, limited_by=amount.limited_by,
    )  # fmt: skip
    return ledger.issue(
        owner=earner, points=amount.points, reputation=amount.reputation, key=key if nth == 1 else f"{key}#{nth}", at=at, cause=cause,
        vest_at=at + timedelta(days=version.vest_days) if version.vest_days else None,
    )  # fmt: skip


def _address(source: Any) -> str:
    return str(source.get_absolute_url()) if hasattr(source, "get_absolute_url") else ""
