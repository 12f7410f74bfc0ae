"""The tables of points: accounts and their movements, the rules by which points are given, and what people show of theirs."""

from rewards.models.badges import BadgeAward
from rewards.models.fairplay import Finding, Night
from rewards.models.points import HOUSE, PERSONAL, REPUTATION_KINDS, Account, Act, Kind, Leg, Transfer, Vesting
from rewards.models.rules import Reason, Rule, RuleVersion
from rewards.models.showing import Showing
from rewards.models.thanks import Thanks

__all__ = [
    "HOUSE",
    "PERSONAL",
    "REPUTATION_KINDS",
    "Account",
    "Act",
    "BadgeAward",
    "Finding",
    "Kind",
    "Leg",
    "Night",
    "Reason",
    "Rule",
    "RuleVersion",
    "Showing",
    "Thanks",
    "Transfer",
    "Vesting",
]
