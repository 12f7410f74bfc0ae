"""The catalogue: rewards, who may order them, the books of their stock, and voucher codes."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.taxonomy.models import in_reader_language
from rewards.catalogue_querysets import RewardQuerySet, VoucherQuerySet

MOST = 100_000


class Reward(models.Model):
    """What points are exchanged for. `stock` is what nobody has reserved; None where nothing is counted (an hour with an expert)."""

    class Kind(models.TextChoices):
        THING = "thing", pgettext_lazy("kind of reward", "Thing")
        VOUCHER = "voucher", pgettext_lazy("kind of reward", "Voucher")
        EXPERIENCE = "experience", pgettext_lazy("kind of reward", "Experience")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a reward", "Draft")
        OPEN = "open", pgettext_lazy("state of a reward", "Open")
        CLOSED = "closed", pgettext_lazy("state of a reward", "Closed")

    class Audience(models.TextChoices):
        ALL = "all", pgettext_lazy("who may order", "All members")
        AGENCIES = "agencies", pgettext_lazy("who may order", "Only these agencies")
        COMMUNITIES = "communities", pgettext_lazy("who may order", "Only members of these communities")

    class Span(models.TextChoices):
        EVER = "ever", pgettext_lazy("limit per person", "in all")
        YEAR = "year", pgettext_lazy("limit per person", "a fiscal year")
        MONTH = "month", pgettext_lazy("limit per person", "a month")

    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    about = models.TextField(_("about"), blank=True, max_length=1000)
    about_en = models.TextField(_("about, in English"), blank=True, max_length=1000)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.THING)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.DRAFT)
    picture = models.ImageField(_("picture"), upload_to="rewards/", blank=True)
    price = models.PositiveIntegerField(_("price in points"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    stock = models.PositiveIntegerField(_("stock"), null=True, blank=True, default=0)
    limit = models.PositiveSmallIntegerField(
        _("at most per person"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("Empty: no limit."),
    )  # fmt: skip
    limit_span = models.CharField(_("counted"), max_length=5, choices=Span.choices, default=Span.YEAR)
    agency_budget = models.PositiveIntegerField(
        _("points one agency may use for it in a fiscal year"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100 * MOST)], help_text=_("Empty: no limit."),
    )  # fmt: skip
    audience = models.CharField(_("who may order"), max_length=11, choices=Audience.choices, default=Audience.ALL)
    agencies = models.ManyToManyField("people.Agency", blank=True, related_name="+", verbose_name=_("agencies"))
    communities = models.ManyToManyField("communities.Community", blank=True, related_name="+", verbose_name=_("communities"))
    opens_at = models.DateTimeField(_("to be had from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("where it is handed over"), max_length=200, blank=True)
    place_en = models.CharField(_("where, in English"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    hours_en = models.CharField(_("hours, in English"), max_length=120, blank=True)
    wait_days = models.PositiveSmallIntegerField(
        _("working days until it is ready"), default=5, validators=[MaxValueValidator(90)]
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days it is kept for the person"), default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RewardQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        constraints = [
            models.CheckConstraint(condition=Q(stock=None) | Q(stock__gte=0), name="rewards_stock_never_below_zero"),
            models.CheckConstraint(condition=Q(price__gte=1), name="rewards_nothing_is_free"),
            models.CheckConstraint(condition=~Q(kind="voucher") | Q(stock__isnull=False), name="rewards_vouchers_are_counted"),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("rewards:reward", args=[self.pk])

    @property
    def description(self) -> str:
        return in_reader_language(self.about, self.about_en)

    @property
    def where(self) -> str:
        return in_reader_language(self.place, self.place_en)

    @property
    def when(self) -> str:
        return in_reader_language(self.hours, self.hours_en)

    @property
    def is_voucher(self) -> bool:
        return self.kind == self.Kind.VOUCHER

    @property
    def photo(self) -> str:
        """Address of the picture, '' without one; the changing part lets browsers keep it until the picture changes."""
        if not self.picture.name:
            return ""
        return f"{reverse('rewards:picture', args=[self.pk])}?v={self.picture.name[-13:-5]}"


class StockMovement(models.Model):
    """One line of the book of a reward's stock. Never changed: the database refuses it (migration 0002).

    `free` is what the line does to the stock that nobody has reserved, `shelf` what it does to the stock that lies there.
    """

    class Act(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("stock", "Received")
        RESERVED = "reserved", pgettext_lazy("stock", "Reserved")
        RETURNED = "returned", pgettext_lazy("stock", "Free again")
        HANDED_OVER = "handed_over", pgettext_lazy("stock", "Handed over")
        CORRECTED = "corrected", pgettext_lazy("stock", "Corrected")

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="movements", verbose_name=_("reward"))
    act = models.CharField(_("what happened"), max_length=12, choices=Act.choices)
    free = models.IntegerField(_("free stock"))
    shelf = models.IntegerField(_("stock on the shelf"))
    redemption = models.ForeignKey(
        "rewards.Redemption", models.PROTECT, null=True, blank=True, related_name="movements", verbose_name=_("redemption")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    happened_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("movement of stock")
        verbose_name_plural = _("movements of stock")
        constraints = [
            models.UniqueConstraint(fields=["redemption", "act"], name="rewards_each_stock_movement_once"),
            models.CheckConstraint(condition=~Q(free=0, shelf=0), name="rewards_no_empty_stock_movement"),
        ]

    def __str__(self) -> str:
        return f"{self.reward_id} {self.act} {self.free:+d}/{self.shelf:+d}"


class Voucher(models.Model):
    """A code that stands for a reward: sealed where it is stored, shown to its owner alone. `tail` is what officers see of it."""

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="vouchers", verbose_name=_("reward"))
    sealed = models.TextField(_("sealed code"))
    digest = models.CharField(max_length=64)
    tail = models.CharField(_("last signs"), max_length=2, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"))
    redemption = models.OneToOneField(
        "rewards.Redemption", models.PROTECT, null=True, blank=True, related_name="voucher", verbose_name=_("redemption")
    )

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [models.UniqueConstraint(fields=["reward", "digest"], name="rewards_voucher_once")]

    def __str__(self) -> str:
        return f"{self.reward_id} ••••{self.tail}"
