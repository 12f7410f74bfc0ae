"""Ways into a community: what somebody asked for, and whom a facilitator invited. Rows stay when they are settled: they are the history."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.spaces import Community, Membership
from communities.querysets import InvitationQuerySet, JoinRequestQuerySet


class JoinRequest(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("request to join", "Waiting")
        APPROVED = "approved", pgettext_lazy("request to join", "Approved")
        DECLINED = "declined", pgettext_lazy("request to join", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("request to join", "Withdrawn")

    community = models.ForeignKey(Community, models.CASCADE, related_name="requests", verbose_name=_("community of practice"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests", verbose_name=_("who asks"))
    words = models.CharField(_("why I would like to join"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"], condition=Q(state="waiting"), name="communities_one_waiting_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.community} ({self.pk})"

    def get_absolute_url(self) -> str:
        return self.community.get_absolute_url()


class Invitation(models.Model):
    """To a mail address, which may have no account yet.

    The link of the mail is made of `nonce` and the site's secret, so that the worker can write it again and the database alone cannot.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "Open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations", verbose_name=_("community of practice"))
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices, default=Membership.Role.PRACTITIONER)
    words = models.CharField(_("words to the person"), max_length=500, blank=True)
    language = models.CharField(_("language of the mail"), max_length=5, default="th")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)
    sent_at = models.DateTimeField(_("mail sent"), null=True, blank=True)
    times_sent = models.PositiveSmallIntegerField(_("mails sent"), default=0)
    expires_at = models.DateTimeField(_("holds until"))
    nonce = models.CharField(max_length=40, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "community", Lower("email"), condition=Q(state="open"), name="communities_one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.community} ({self.pk})"

    def get_absolute_url(self) -> str:
        return self.community.get_absolute_url()
