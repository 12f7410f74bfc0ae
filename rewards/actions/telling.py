"""Notices of redemptions: to the person at each step, and to those who keep the shop when something waits for them."""

from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User
from rewards.catalogue_querysets import KEEPERS
from rewards.models import Redemption
from rewards.notices import ENDING, OF_STATE, WAITS


def tell_person(redemption: Redemption, *, actor: User | None) -> None:
    """What became of it; those who keep the shop need not look at it any more."""
    settle(kind=WAITS, thing=redemption)
    settle(kind=ENDING, thing=redemption)
    tell(
        kind=OF_STATE[redemption.state], recipients=[redemption.person], actor=actor, thing=redemption, key=str(redemption.pk),
        data={"quote": redemption.reason}, anonymous=True,
    )  # fmt: skip


def tell_of_end(redemption: Redemption) -> int:
    """That it is not kept much longer; the same end is told once."""
    until = redemption.keep_until.isoformat() if redemption.keep_until else ""
    return tell(
        kind=ENDING, recipients=[redemption.person], thing=redemption, key=f"{redemption.pk} until {until}", data={"until": until}
    )


def tell_keepers(redemption: Redemption) -> None:
    keepers = User.objects.filter(groups__name__in=[role.value for role in KEEPERS], is_active=True).exclude(
        pk=redemption.person_id
    )
    tell(kind=WAITS, recipients=keepers, actor=redemption.person, thing=redemption, key=str(redemption.pk), group="desk")
