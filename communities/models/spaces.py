"""A community of practice and its members. Content that is kept to a community is read by its members alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.querysets import CommunityQuerySet, MembershipQuerySet
from kmportal.core.thai_order import ThaiOrder
from kmportal.taxonomy.models import PmqaCode, Topic, in_reader_language


class Community(models.Model):
    class Joining(models.TextChoices):
        OPEN = "open", pgettext_lazy("way into a community", "Open")
        REQUEST = "request", pgettext_lazy("way into a community", "By request")
        INVITATION = "invitation", pgettext_lazy("way into a community", "By invitation")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    domain = models.TextField(_("what the community is about"), blank=True, max_length=1000)
    charter = models.TextField(_("charter"), blank=True, help_text=_("Cleaned HTML: how the members work together."))
    goal = models.TextField(_("goal"), blank=True, max_length=500)
    goal_on = models.DateField(_("date of the goal"), null=True, blank=True)
    codes = models.ManyToManyField(PmqaCode, blank=True, related_name="communities", verbose_name=_("PMQA codes"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="communities", verbose_name=_("topics"))
    joining = models.CharField(_("way in"), max_length=12, choices=Joining.choices, default=Joining.OPEN)
    is_hidden = models.BooleanField(_("hidden from those who are not members"), default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of the community")
    )
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="communities")
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("archived by")
    )
    order = ThaiOrder(words=lambda community: community.name)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("community of practice")
        verbose_name_plural = _("communities of practice")
        constraints = [
            models.CheckConstraint(condition=Q(is_hidden=False) | Q(joining="invitation"), name="communities_hidden_invites"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="communities_not_its_own_part"),
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("communities:space", args=[self.slug])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Membership(models.Model):
    class Role(models.TextChoices):
        FACILITATOR = "facilitator", pgettext_lazy("CoP role", "Facilitator")
        NOTE_TAKER = "note_taker", pgettext_lazy("CoP role", "Note-taker")
        PRACTITIONER = "practitioner", pgettext_lazy("CoP role", "Practitioner")
        SPONSOR = "sponsor", pgettext_lazy("CoP role", "Sponsor")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships", verbose_name=_("community of practice"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PRACTITIONER)
    offers = models.CharField(_("what I can offer"), max_length=300, blank=True)
    seeks = models.CharField(_("what I am looking for"), max_length=300, blank=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    charter_read_at = models.DateTimeField(_("charter read"), null=True, blank=True)
    steps_hidden_at = models.DateTimeField(_("first steps put away"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["community", "joined_at"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="communities_member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.community}"

    @property
    def is_facilitator(self) -> bool:
        return self.role == self.Role.FACILITATOR
