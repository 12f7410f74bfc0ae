"""What rewards officers do, as the book of staff acts names it."""

from django.utils.translation import pgettext_lazy

from kmportal.core import acts
from kmportal.core.acts import Act, Field
from rewards.models import Redemption, StockMovement

RULE_CHANGED = "rewards.rule_changed"
WROTE, SET_STATE = "rewards.reward_written", "rewards.reward_state"
ACT_OF_STATE: dict[str, str] = {
    Redemption.State.APPROVED: "rewards.approved",
    Redemption.State.READY: "rewards.laid_ready",
    Redemption.State.DONE: "rewards.handed_over",
    Redemption.State.DECLINED: "rewards.declined",
}
ACT_OF_STOCK: dict[str, str] = {
    StockMovement.Act.RECEIVED: "rewards.stock_received",
    StockMovement.Act.CORRECTED: "rewards.stock_corrected",
}


def declare() -> None:
    """Called once, by RewardsConfig.ready."""
    for code, label in (
        (RULE_CHANGED, pgettext_lazy("act of staff", "Changed a rule of points")),
        (WROTE, pgettext_lazy("act of staff", "Wrote a reward")),
        (SET_STATE, pgettext_lazy("act of staff", "Opened or closed a reward")),
        ("rewards.stock_received", pgettext_lazy("act of staff", "Took stock in")),
        ("rewards.stock_corrected", pgettext_lazy("act of staff", "Corrected stock")),
        ("rewards.approved", pgettext_lazy("act of staff", "Approved a reward")),
        ("rewards.laid_ready", pgettext_lazy("act of staff", "Laid a reward ready")),
        ("rewards.handed_over", pgettext_lazy("act of staff", "Handed a reward over")),
        ("rewards.declined", pgettext_lazy("act of staff", "Declined a reward")),
    ):
        acts.declare(Act(code, label, Field.POINTS))
