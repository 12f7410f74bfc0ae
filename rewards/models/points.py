"""Double entry: accounts, transfers between them, and the legs of each transfer, which sum to nothing in each currency.

Transfers and legs are only ever added: the database refuses to change or remove them (migration 0002). What an account of a person holds
is kept beside the legs, so that it can be asked and guarded under one row lock; accounts of the house keep no figure, so nobody waits
for them. `manage.py check_ledger` proves that the two agree.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.querysets import AccountQuerySet, TransferQuerySet


class Kind(models.TextChoices):
    """What an account is for. The first five are a person's, the others the house's, one of each."""

    PENDING = "pending", pgettext_lazy("account", "On hold")
    AVAILABLE = "available", pgettext_lazy("account", "Available")
    RESERVED = "reserved", pgettext_lazy("account", "Reserved")
    DEBT = "debt", pgettext_lazy("account", "To be made up")
    REPUTATION = "reputation", pgettext_lazy("account", "Reputation")
    MINT = "mint", pgettext_lazy("account", "Points issued")
    FAME = "fame", pgettext_lazy("account", "Reputation issued")
    STORE = "store", pgettext_lazy("account", "Rewards")
    BOUNTY = "bounty", pgettext_lazy("account", "Bounties")
    EXPIRED = "expired", pgettext_lazy("account", "Expired")


PERSONAL = (Kind.PENDING, Kind.AVAILABLE, Kind.RESERVED, Kind.DEBT, Kind.REPUTATION)
HOUSE = (Kind.MINT, Kind.FAME, Kind.STORE, Kind.BOUNTY, Kind.EXPIRED)
# Two currencies: reputation moves between these two only, points between all the others.
REPUTATION_KINDS = (Kind.REPUTATION, Kind.FAME)


class Act(models.TextChoices):
    ISSUE = "issue", pgettext_lazy("points", "Received")
    VEST = "vest", pgettext_lazy("points", "Became available")
    HOLD = "hold", pgettext_lazy("points", "Reserved")
    SPEND = "spend", pgettext_lazy("points", "Spent")
    RELEASE = "release", pgettext_lazy("points", "Given back")
    EXPIRE = "expire", pgettext_lazy("points", "Expired")
    REVERSE = "reverse", pgettext_lazy("points", "Taken back")


class Account(models.Model):
    """A debt is what was taken back after it had been spent; it stands below zero until later points make it up."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="point_accounts", verbose_name=_("owner")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    balance = models.BigIntegerField(_("balance"), null=True, default=0)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of points")
        verbose_name_plural = _("accounts of points")
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="rewards_one_account_of_a_kind"),
            models.UniqueConstraint(fields=["kind"], condition=Q(owner=None), name="rewards_one_house_account_of_a_kind"),
            models.CheckConstraint(
                condition=Q(owner=None, balance=None, kind__in=HOUSE)
                | Q(owner__isnull=False, balance__isnull=False, kind__in=PERSONAL),
                name="rewards_kinds_fit_owners",
            ),
            models.CheckConstraint(
                condition=Q(balance=None) | Q(kind=Kind.DEBT, balance__lte=0) | (~Q(kind=Kind.DEBT) & Q(balance__gte=0)),
                name="rewards_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id or 'house'} · {self.kind}"

    @property
    def is_reputation(self) -> bool:
        return self.kind in REPUTATION_KINDS


class Transfer(models.Model):
    """One movement on the accounts of one person, for one cause. Never changed: what was wrong is reversed by another transfer."""

    class Limit(models.TextChoices):
        """Why a transfer gives less than its rule says."""

        NONE = "", pgettext_lazy("limit", "None")
        DAY = "day", pgettext_lazy("limit", "The daily limit is reached")
        PAIR_DAY = "pair_day", pgettext_lazy("limit", "The limit from one person in a day is reached")
        PAIR_MONTH = "pair_month", pgettext_lazy("limit", "The limit from one person in a month is reached")
        AGENCY = "agency", pgettext_lazy("limit", "From the own agency: reputation in full, points in part")

    act = models.CharField(_("act"), max_length=8, choices=Act.choices)
    key = models.CharField(_("key"), max_length=200, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="point_transfers", verbose_name=_("whose points")
    )
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from whom")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    rule_version = models.ForeignKey(
        "rewards.RuleVersion", models.PROTECT, null=True, blank=True, related_name="transfers", verbose_name=_("rule")
    )
    limited_by = models.CharField(_("limited by"), max_length=12, choices=Limit.choices, blank=True, default="")
    cause_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of cause")
    )
    cause_id = models.BigIntegerField(_("cause"), null=True, blank=True)
    label = models.CharField(_("what for"), max_length=255, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("reverses")
    )
    settles = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="settlement", verbose_name=_("settles")
    )
    happened_at = models.DateTimeField(_("when"))
    vest_at = models.DateTimeField(_("available from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("movement of points")
        verbose_name_plural = _("movements of points")
        constraints = [
            models.CheckConstraint(
                condition=Q(act=Act.REVERSE, reverses__isnull=False) | (~Q(act=Act.REVERSE) & Q(reverses=None)),
                name="rewards_reversals_name_what_they_reverse",
            ),
            models.CheckConstraint(
                condition=Q(act__in=(Act.VEST, Act.SPEND, Act.RELEASE), settles__isnull=False)
                | (~Q(act__in=(Act.VEST, Act.SPEND, Act.RELEASE)) & Q(settles=None)),
                name="rewards_settlements_name_what_they_settle",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "happened_at"], name="rewards_of_owner"),
            models.Index(fields=["owner", "payer", "happened_at"], condition=Q(act=Act.ISSUE), name="rewards_of_pair"),
            models.Index(fields=["cause_type", "cause_id"], name="rewards_of_cause"),
            models.Index(fields=["happened_at", "owner"], condition=Q(act=Act.ISSUE), name="rewards_issued_when"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"


class Leg(models.Model):
    """What one transfer adds to one account, or takes from it."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="legs", verbose_name=_("movement"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="legs", verbose_name=_("account"))
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("part of a movement")
        verbose_name_plural = _("parts of movements")
        constraints = [
            models.UniqueConstraint(fields=["account", "transfer"], name="rewards_one_leg_per_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="rewards_no_empty_leg"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount:+d}"


class Vesting(models.Model):
    """An issue whose points still wait. A row of work, not of the ledger: it goes when the points vest or are taken back."""

    issue = models.OneToOneField(Transfer, models.PROTECT, primary_key=True, related_name="vesting", verbose_name=_("movement"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="vesting_points", verbose_name=_("whose points")
    )
    amount = models.BigIntegerField(_("amount"))
    due_at = models.DateTimeField(_("available from"), db_index=True)

    class Meta:
        verbose_name = _("points on hold")
        verbose_name_plural = _("points on hold")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="rewards_something_waits")]

    def __str__(self) -> str:
        return f"{self.issue_id} · {self.amount}"
