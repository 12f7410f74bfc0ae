"""What members see of their points: figures, rows with reason and running balance, the report of half a year. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from kmportal.core import dates
from kmportal.core.language import in_language
from kmportal.people.models import Person, User
from rewards.models import Account, Act, Kind, Reason, Showing, Transfer, Vesting
from rewards.periods import Period

MOST_DAYS = 8
_RELATED = ("rule_version__rule", "reversal", "settlement", "reverses", "payer")


@dataclass(frozen=True)
class Waiting:
    """Points that become available on one day; past days wait for a decision."""

    day: date
    points: int
    is_late: bool


@dataclass(frozen=True)
class Figures:
    """The two figures, and what belongs to them."""

    available: int
    reputation: int
    pending: int
    reserved: int
    owed: int
    waiting: list[Waiting]


@dataclass(frozen=True)
class Row:
    """A transfer as its owner reads it. `change` is what the reason brought or took; `balance` what was available afterwards.

    Args:
        spent: what using points laid aside before came to; `change` is 0 there, because laying aside has counted already.
    """

    transfer: Any
    reason: str
    change: int
    reputation: int
    balance: int
    url: str
    payer: Person | None
    waits_until: datetime | None
    is_offer: bool = False
    spent: int = 0


def figures(user: User) -> Figures:
    """Two queries."""
    held = Account.objects.visible_to(user).figures()
    return Figures(
        available=held.get(Kind.AVAILABLE, 0), reputation=held.get(Kind.REPUTATION, 0), pending=held.get(Kind.PENDING, 0),
        reserved=held.get(Kind.RESERVED, 0), owed=-held.get(Kind.DEBT, 0), waiting=_waiting(user),
    )  # fmt: skip


def _waiting(user: User) -> list[Waiting]:
    today = timezone.localdate()
    days: dict[date, int] = {}
    for due_at, amount in Vesting.objects.filter(owner=user).order_by("due_at").values_list("due_at", "amount"):
        day = timezone.localdate(due_at)
        days[day] = days.get(day, 0) + amount
    return [Waiting(day, points, day < today) for day, points in list(days.items())[:MOST_DAYS]]


def first_year(user: User) -> int:
    """The fiscal year of the person's first row; this one where there is none."""
    first = Transfer.objects.visible_to(user).order_by("happened_at").values_list("happened_at", flat=True).first()
    return dates.fiscal_year(first or timezone.now())


def first_year_of_all() -> int:
    """The fiscal year of the first row of all; this one where there is none."""
    first = Transfer.objects.order_by("happened_at").values_list("happened_at", flat=True).first()
    return dates.fiscal_year(first or timezone.now())


def transfers(user: User, period: Period) -> Any:
    """The rows of a period, the newest first, with their sums and the balance after each."""
    found = Transfer.objects.visible_to(user).between(*period.moments)
    return found.select_related(*_RELATED).with_sums().with_balance()


def rows(user: User, found: Iterable[Any]) -> list[Row]:
    """Rows for reading; the people they name are fetched in one query, those who hid themselves are not named."""
    listed = list(found)
    payers = {transfer.payer_id for transfer in listed if transfer.payer_id}
    people = {person.user_id: person for person in Person.objects.visible_to(user).filter(user__in=payers)} if listed else {}
    return [_row(transfer, people.get(transfer.payer_id)) for transfer in listed]


def _row(transfer: Any, payer: Person | None) -> Row:
    stands = transfer.act != Act.REVERSE and getattr(transfer, "reversal", None) is None
    waits = transfer.to_pending > 0 and stands and getattr(transfer, "settlement", None) is None
    return Row(
        transfer=transfer,
        reason=_reason(transfer),
        is_offer=_is_offer(transfer),
        change=_change(transfer),
        spent=-transfer.to_reserved if transfer.act == Act.SPEND else 0,
        reputation=transfer.to_reputation,
        balance=transfer.balance,
        # What was taken back is often gone too: no link that may lead nowhere.
        url=in_language(transfer.url, get_language() or "th") if transfer.url.startswith("/") and stands else "",
        payer=payer,
        waits_until=transfer.vest_at if waits else None,
    )


def _is_offer(transfer: Any) -> bool:
    """A movement of points that the person offered, as against those that an offer brought them."""
    first = transfer.reverses if transfer.act == Act.REVERSE else transfer
    about = transfer.rule_version is not None and transfer.rule_version.rule.code == Reason.BOUNTY
    return about and first.act in {Act.HOLD, Act.SPEND, Act.RELEASE}


def _reason(transfer: Any) -> str:
    if _is_offer(transfer):
        return gettext("Points that you offered for an answer")
    return str(transfer.rule_version.rule) if transfer.rule_version else ""


def _change(transfer: Any) -> int:
    """Vesting, holding and settling move points within the person's own: they count by what became, or ceased to be, available."""
    if transfer.act in (Act.VEST, Act.HOLD, Act.SPEND, Act.RELEASE):
        return int(transfer.to_available)
    return int(transfer.to_pending + transfer.to_available + transfer.to_debt)


# --- Half a year -----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReasonSum:
    """What one reason came to in the period."""

    label: str
    times: int
    points: int
    reputation: int


@dataclass(frozen=True)
class Report:
    """A contribution report: what stands, without what was taken back."""

    sums: list[ReasonSum]
    rows: list[Row]
    points: int
    reputation: int
    people: int
    agencies: int


def report(user: User, period: Period) -> Report:
    """What the person gave in the period, and for how many people and agencies that had paid."""
    issued = Transfer.objects.visible_to(user).filter(act=Act.ISSUE).standing().between(*period.moments)
    found = rows(user, issued.select_related(*_RELATED).with_sums().with_balance().order_by("happened_at", "pk"))
    sums = list(_sums(found))
    return Report(
        sums=sums,
        rows=found,
        points=sum(one.points for one in sums),
        reputation=sum(one.reputation for one in sums),
        people=issued.exclude(payer=None).order_by().values("payer").distinct().count(),
        agencies=issued.exclude(payer__agency=None).order_by().values("payer__agency").distinct().count(),
    )


def _sums(found: list[Row]) -> Iterator[ReasonSum]:
    for reason in Reason:
        own = [row for row in found if row.transfer.rule_version and row.transfer.rule_version.rule.code == reason]
        if own:
            yield ReasonSum(str(reason.label), len(own), sum(row.change for row in own), sum(row.reputation for row in own))


def showing_of(user: User) -> dict[str, bool]:
    """What members see of the person: everything, unless they said no."""
    chosen = Showing.objects.filter(owner=user).first() or Showing()
    return {name: getattr(chosen, name) for name in ("reputation", "badges", "boards", "thanks")}


def person_of(user: User) -> Person | None:
    return Person.objects.visible_to(user).select_related("agency").filter(user=user).first()
