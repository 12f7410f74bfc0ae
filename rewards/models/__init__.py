"""The tables of points and rewards: accounts and their movements, rules, what people show of theirs, the catalogue and redemptions."""

from rewards.models.badges import BadgeAward
from rewards.models.catalogue import Reward, StockMovement, Voucher
from rewards.models.fairplay import Finding, Night
from rewards.models.points import HOUSE, PERSONAL, REPUTATION_KINDS, Account, Act, Kind, Leg, Transfer, Vesting
from rewards.models.redeeming import Redemption, RedemptionEvent, WrongCode
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
    "Redemption",
    "RedemptionEvent",
    "Reward",
    "Rule",
    "RuleVersion",
    "Showing",
    "StockMovement",
    "Thanks",
    "Transfer",
    "Vesting",
    "Voucher",
    "WrongCode",
]
