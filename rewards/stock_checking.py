"""The proof of the shop: stock from its book alone, and redemptions against the points and vouchers that belong to them. Reads only."""

from collections.abc import Callable, Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from rewards.models import Act, Leg, Redemption, RedemptionEvent, Reward, StockMovement, Voucher

Found = Iterator[tuple[str, int, int]]
State = Redemption.State


def _book(column: str) -> Coalesce:
    lines = StockMovement.objects.filter(reward=OuterRef("pk")).order_by().values("reward").annotate(sum=Sum(column))
    return Coalesce(Subquery(lines.values("sum")), 0)


def stock_is_its_book() -> Found:
    """What is free is the sum of the book; what is not counted has none."""
    rewards = Reward.objects.annotate(proven=_book("free"))
    for pk, stock, proven in (
        rewards.exclude(stock=F("proven")).exclude(stock=None, proven=0).values_list("pk", "stock", "proven")
    ):
        yield f"stock of reward {pk}", stock or 0, proven


def reserved_stock_is_open() -> Found:
    """What lies on the shelf and is not free is laid aside for an open redemption, one each."""
    waiting = Redemption.objects.filter(reward=OuterRef("pk"), counted=True).open().order_by().values("reward")
    asked = Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0)
    rewards = Reward.objects.annotate(aside=_book("shelf") - _book("free"), asked=asked)
    for pk, aside, wanted in rewards.exclude(aside=F("asked")).values_list("pk", "aside", "asked"):
        yield f"reserved stock of reward {pk}", aside, wanted
    counted = Reward.objects.annotate(lies=_book("shelf"))
    for pk, lies in counted.filter(lies__lt=0).values_list("pk", "lies"):
        yield f"shelf of reward {pk}", lies, 0


def vouchers_are_their_book() -> Found:
    """Codes that nobody has are what lies on the shelf; every voucher that was paid for has one."""
    left = Voucher.objects.free().filter(reward=OuterRef("pk")).order_by().values("reward").annotate(n=Count("pk"))
    codes = Coalesce(Subquery(left.values("n")), 0)
    lying = Reward.objects.filter(kind=Reward.Kind.VOUCHER).annotate(shelf=_book("shelf"), codes=codes)
    for pk, shelf, there in lying.exclude(shelf=F("codes")).values_list("pk", "shelf", "codes"):
        yield f"vouchers of reward {pk}", there, shelf
    for pk in Redemption.objects.filter(reward__kind="voucher", state=State.DONE, voucher=None).values_list("pk", flat=True):
        yield f"redemption {pk} without its voucher", 0, 1
    for voucher in Voucher.objects.exclude(redemption=None).exclude(redemption__state=State.DONE, redemption__reward=F("reward")):
        yield f"voucher {voucher.pk} given without a receipt", 1, 0


def redemptions_are_paid() -> Found:
    """Each laid aside its price; an open one still does, one handed over spent it, the others gave it back."""
    aside = Leg.objects.filter(transfer=OuterRef("hold"), account__kind="reserved", account__owner=OuterRef("person"))
    rows = Redemption.objects.annotate(held=Coalesce(Subquery(aside.values("amount")[:1]), 0))
    for pk, price, held in rows.exclude(price=F("held")).values_list("pk", "price", "held"):
        yield f"redemption {pk}", price, held
    open_ = Q(state__in=Redemption.OPEN_STATES, hold__settlement=None)
    done = Q(state=State.DONE, hold__settlement__act=Act.SPEND)
    back = Q(state__in=(State.DECLINED, State.CANCELLED, State.EXPIRED), hold__settlement__act=Act.RELEASE)
    for pk, price in Redemption.objects.exclude(open_ | done | back).values_list("pk", "price"):
        yield f"settlement of redemption {pk}", price, 0


def redemptions_say_what_happened() -> Found:
    """The state is that of the last event."""
    last = RedemptionEvent.objects.filter(redemption=OuterRef("pk")).order_by("-pk").values("state")[:1]
    for pk in Redemption.objects.exclude(state=Subquery(last)).values_list("pk", flat=True):
        yield f"state of redemption {pk}", 1, 0


LAWS: tuple[Callable[[], Found], ...] = (
    stock_is_its_book,
    reserved_stock_is_open,
    vouchers_are_their_book,
    redemptions_are_paid,
    redemptions_say_what_happened,
)
