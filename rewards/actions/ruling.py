"""Rules: the ones to start with, and their change, which writes a new version and leaves the old ones as they were."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.moderation.actions import audit
from kmportal.people.models import User
from rewards import ledger
from rewards.models import Rule, RuleVersion
from rewards.permissions import can_change_rules
from rewards.rules import DEFAULTS
from rewards.staff_acts import RULE_CHANGED

# Rules to start with hold from before anything happened.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class RuleError(Exception):
    """The rule cannot be changed so; `words` say why."""

    words: Any = ""


class InThePast(RuleError):
    words = _("A rule changes from now on or later. What was given before stays as it was.")


class NothingChanged(RuleError):
    words = _("The rule says this already.")


class ReasonMissing(RuleError):
    words = _("Say in a few words why the rule changes: it stands in the history.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a version says. The meaning of each field stands at RuleVersion."""

    points: int
    reputation: int
    cap_day: int | None = None
    pair_day: int | None = None
    pair_month: int | None = None
    own_agency_percent: int = 100
    vest_days: int = 7
    expire_months: int | None = None

    @classmethod
    def of(cls, version: RuleVersion) -> "Terms":
        return cls(**{name: getattr(version, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def ensure_rules() -> None:
    """The house's accounts, every rule, and a first version of those that have none. May run any number of times."""
    ledger.ensure_house()
    for reason, terms in DEFAULTS.items():
        rule = Rule.objects.get_or_create(code=reason)[0]
        if not rule.versions.exists():
            RuleVersion.objects.create(rule=rule, number=1, effective_from=BEGINNING, **asdict(Terms(**terms)))


@transaction.atomic
def change_rule(
    *, actor: User, rule: Rule, terms: Terms, effective_from: datetime | None, note: str, at: datetime
) -> RuleVersion:
    """Writes a new version of a rule.

    Args:
        effective_from: None for now. Of two versions for the same moment the later written one holds.

    Raises:
        PermissionDenied: neither rewards officer nor network coordinator.
        InThePast, ReasonMissing
        NothingChanged: the version that would hold then says the same.
    """
    if not can_change_rules(actor):
        raise PermissionDenied
    begins = effective_from or at
    if begins < at:
        raise InThePast
    if not note.strip():
        raise ReasonMissing
    versions = RuleVersion.objects.filter(rule=Rule.objects.select_for_update(no_key=True).get(pk=rule.pk))
    before = versions.holding_at(begins).first()
    if before is not None and Terms.of(before) == terms:
        raise NothingChanged
    number = versions.order_by("-number").values_list("number", flat=True).first() or 0
    audit.record(actor=actor, act=RULE_CHANGED, thing=rule, reason=note, data={"version": number + 1})
    return RuleVersion.objects.create(
        rule=rule, number=number + 1, effective_from=begins, changed_by=actor, note=note.strip()[:300], **asdict(terms)
    )
