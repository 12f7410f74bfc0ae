"""What the desk shows: the queue with its filters, what belongs to one redemption, and the files. Reads only."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kmportal.core.dates import THAI_DIGITS
from kmportal.core.spreadsheet import harmless_text
from rewards.csvfile import MARK
from rewards.models import Redemption, Reward, StockMovement
from rewards.shop_forms import QueueForm

State = Redemption.State
ENDED = (State.DONE, State.DECLINED, State.CANCELLED, State.EXPIRED)


def queue(user: Any, form: QueueForm) -> Any:
    """The oldest first where somebody waits, the newest first of what has ended."""
    found = _filtered(user, form).select_related("reward", "person__agency", "agency")
    if form.state == "all":
        return found
    if form.state == "ended":
        return found.filter(state__in=ENDED).order_by("-closed_at", "-pk")
    return found.filter(state=form.state).oldest_first()


def tabs(user: Any, form: QueueForm) -> list[tuple[str, Any, int]]:
    """State, words, number. One query."""
    counts = _filtered(user, form).counts()
    counts |= {"ended": sum(counts.get(state, 0) for state in ENDED), "all": sum(counts.values())}
    return [(code, label, counts.get(code, 0)) for code, label in form.STATES]


def _filtered(user: Any, form: QueueForm) -> Any:
    found = Redemption.objects.at_desk_of(user)
    if reward := form.value("reward"):
        found = found.filter(reward=reward)
    for word in (form.value("q") or "").translate(THAI_DIGITS).split():
        found = found.filter(_says(word))
    return found


def _says(word: str) -> Q:
    names = Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word) | Q(person__email__icontains=word)
    return names | Q(pk=int(word)) if word.isascii() and word.isdigit() and len(word) < 10 else names


def rewards() -> Any:
    """Every reward with what is laid aside of it."""
    waiting = Count("redemptions", filter=Q(redemptions__state__in=Redemption.OPEN_STATES))
    return Reward.objects.annotate(aside=waiting).order_by("order", "pk")


def movements(reward: Reward) -> Any:
    return reward.movements.select_related("actor", "redemption").order_by("-pk")


# --- Files -----------------------------------------------------------------------------------------------------------------------
def redemptions_csv(found: Iterable[Redemption]) -> str:
    """Texts cannot run as formulas; no code and no voucher is in it."""
    head = [
        _("Number"), _("Requested"), _("State"), _("Reward"), _("Points"), pgettext("redemption", "Person"), _("E-mail"), _("Agency"), _("Wish"), _("Ended"),
        pgettext("redemption", "Reason"),
    ]  # fmt: skip
    return _csv(head, (_cells(one) for one in found))


def _cells(one: Redemption) -> list[str | int]:
    texts = map(harmless_text, (str(one.person), one.person.email, str(one.agency or ""), one.wish))
    return [
        one.pk, _moment(one.requested_at), one.get_state_display(), harmless_text(one.reward.name), one.price, *texts,
        _moment(one.closed_at), harmless_text(one.reason),
    ]  # fmt: skip


def movements_csv(found: Iterable[StockMovement]) -> str:
    head = [
        _("Time"),
        _("Movement"),
        _("Free"),
        _("On the shelf"),
        _("Redemption"),
        _("By whom"),
        pgettext("redemption", "Reason"),
    ]
    rows = (
        [
            _moment(one.happened_at), one.get_act_display(), one.free, one.shelf, one.redemption_id or "",
            harmless_text(str(one.actor or "")), harmless_text(one.reason),
        ]
        for one in found
    )  # fmt: skip
    return _csv(head, rows)


def _csv(head: list[str], rows: Iterable[list[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return MARK + out.getvalue()


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
