"""The rules in words, for those who want to know what pays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kmportal.core import dates
from rewards import offers
from rewards.models import Finding, Reason, RuleVersion
from rewards.periods import Period


@dataclass(frozen=True)
class Terms:
    """A version beside its reason; a bounty pays what the asker laid down."""

    version: RuleVersion
    label: str
    is_bounty: bool


def in_force(moment: datetime) -> dict[str, Any]:
    """What holds now and what is to come, of reasons that something in this portal pays for. Three queries."""
    reasons = offers.now()
    open_for = RuleVersion.objects.filter(rule__code__in=reasons).select_related("rule")
    holding = {version.rule.code: version for version in open_for.holding_at(moment)}
    return {
        "corrected": Finding.objects.corrected_since(_year_of(moment)).count(),
        "terms": [_terms(holding[reason]) for reason in reasons if reason in holding],
        "to_come": [_terms(version) for version in open_for.to_come(moment)],
    }


def _year_of(moment: datetime) -> datetime:
    """When the fiscal year of a moment began."""
    began, _ended = Period(dates.fiscal_year(moment)).moments
    return began or moment


def _terms(version: RuleVersion) -> Terms:
    return Terms(version, str(version.rule), version.rule.code == Reason.BOUNTY)
