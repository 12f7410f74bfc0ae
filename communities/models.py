"""A community of practice and its members. Content that is kept to a community is read by its members alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.querysets import CommunityQuerySet, MembershipQuerySet
from kmportal.taxonomy.models import in_reader_language


class Community(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True, max_length=1000)
    is_hidden = models.BooleanField(_("hidden from those who are not members"), default=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="communities")

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("community of practice")
        verbose_name_plural = _("communities of practice")

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)


class Membership(models.Model):
    class Role(models.TextChoices):
        FACILITATOR = "facilitator", pgettext_lazy("CoP role", "Facilitator")
        NOTE_TAKER = "note_taker", pgettext_lazy("CoP role", "Note-taker")
        PRACTITIONER = "practitioner", pgettext_lazy("CoP role", "Practitioner")
        SPONSOR = "sponsor", pgettext_lazy("CoP role", "Sponsor")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships", verbose_name=_("community of practice"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PRACTITIONER)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["community", "joined_at"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="communities_member_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.community}"
