"""A circle in a channel: who takes part in which role, and its rounds, whose beginning and end are the server's."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.circles.models.templates import MODE_IS_KNOWN, Mode, TemplateVersion, either
from communities.circles.querysets import CircleQuerySet, PartQuerySet, RoundQuerySet
from communities.talk.models import Channel
from communities.talk.models.channels import person


class Circle(models.Model):
    """`round_number` is the round that runs or ran last; 0 in the lobby. It only grows, by conditional updates (actions/moving.py)."""

    class State(models.TextChoices):
        LOBBY = "lobby", pgettext_lazy("state of a circle", "Gathering")
        RUNNING = "running", pgettext_lazy("state of a circle", "Under way")
        WRAP_UP = "wrap_up", pgettext_lazy("state of a circle", "Wrapping up")
        CLOSED = "closed", pgettext_lazy("state of a circle", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("state of a circle", "Cancelled")

    class Reach(models.TextChoices):
        MEMBERS = "members", pgettext_lazy("who may read a lesson from a circle", "Members of this community")
        AGENCY = "agency", pgettext_lazy("who may read a lesson from a circle", "Your agencies")
        NETWORK = "network", pgettext_lazy("who may read a lesson from a circle", "Everybody in the network")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="circles", verbose_name=_("channel"))
    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="circles", verbose_name=_("method"))
    title = models.CharField(_("title"), max_length=160)
    topic = models.CharField(pgettext_lazy("circle", "what it is about"), max_length=600, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.LOBBY)
    round_number = models.PositiveSmallIntegerField(default=0, editable=False)
    reach = models.CharField(_("who may read a lesson from it"), max_length=7, choices=Reach.choices, default=Reach.MEMBERS)
    consent_version = models.PositiveSmallIntegerField(editable=False)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("opened"))
    created_by = person(_("opened by"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    wrapped_at = models.DateTimeField(_("rounds ended"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = person(_("closed by"))
    why_cancelled = models.CharField(_("reason"), max_length=300, blank=True)
    # Nobody came any more, or nobody began it: the portal closed it or called it off (actions/leaving_off.py).
    left_alone = models.BooleanField(default=False, editable=False)

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        constraints = [
            # Two at once in one stream would tear each other apart; several may wait in their lobbies.
            models.UniqueConstraint(fields=["channel"], condition=Q(state__in=["running", "wrap_up"]), name="circles_one_runs"),
            models.CheckConstraint(
                condition=Q(state__in=["lobby", "running", "wrap_up", "closed", "cancelled"]), name="circles_state_is_known"
            ),
            models.CheckConstraint(condition=Q(reach__in=["members", "agency", "network"]), name="circles_reach_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["lobby", "cancelled"], round_number=0)
                | Q(state__in=["running", "wrap_up", "closed"], round_number__gt=0),
                name="circles_rounds_fit_the_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("circles:circle", args=[self.channel.community.slug, self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in {self.State.RUNNING, self.State.WRAP_UP}

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.CLOSED, self.State.CANCELLED}


class Part(models.Model):
    """Somebody's part in a circle. Without `consented_at` they were given a role and have not joined yet."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", pgettext_lazy("circle role", "Facilitator")
        NOTE_TAKER = "note_taker", pgettext_lazy("circle role", "Note-taker")
        TELLER = "teller", pgettext_lazy("circle role", "Teller")
        INNER = "inner", pgettext_lazy("circle role", "Inner circle")
        PARTICIPANT = "participant", pgettext_lazy("circle role", "Participant")
        SPONSOR = "sponsor", pgettext_lazy("circle role", "Sponsor")
        OBSERVER = "observer", pgettext_lazy("circle role", "Observer")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="parts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="circle_parts", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=11, choices=Role.choices, default=Role.PARTICIPANT)
    consented_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["circle", "pk"]
        verbose_name = _("part in a circle")
        verbose_name_plural = _("parts in circles")
        constraints = [
            models.UniqueConstraint(fields=["circle", "user"], name="circles_part_once"),
            models.CheckConstraint(
                condition=Q(role__in=["facilitator", "note_taker", "teller", "inner", "participant", "sponsor", "observer"]),
                name="circles_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(consented_at=None, consent_version=None)
                | Q(consented_at__isnull=False, consent_version__isnull=False),
                name="circles_consent_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} · {self.user_id} · {self.role}"

    @property
    def is_in(self) -> bool:
        return self.consented_at is not None and self.left_at is None


class Round(models.Model):
    """One round, copied from the version of the method when the circle was opened. Its clock informs; nothing is cut off."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    mode = models.CharField(_("mode"), max_length=7, choices=Mode.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    anonymous = models.BooleanField(_("without names"), default=False)
    votes = models.PositiveSmallIntegerField(_("votes for each"), default=3)
    prompt_th = models.CharField(_("prompt"), max_length=600)
    prompt_en = models.CharField(_("prompt in English"), max_length=600, blank=True)
    captures = models.JSONField(_("what it fills"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    rescue_th = models.JSONField(_("rescue questions"), default=list, blank=True)
    rescue_en = models.JSONField(_("rescue questions in English"), default=list, blank=True)
    # Numbers of the rescue questions that a facilitator put below the prompt, for everybody in their own language.
    asked = models.JSONField(default=list, blank=True, editable=False)
    thread = models.ForeignKey("talk.Thread", models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ends_at = models.DateTimeField(_("planned end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("shown"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["circle", "number"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["circle", "number"], name="circles_round_once"),
            models.UniqueConstraint(
                fields=["circle"], condition=Q(started_at__isnull=False, ended_at=None), name="circles_one_round_runs"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(started_at__isnull=False), name="circles_ended_was_begun"),
            models.CheckConstraint(condition=MODE_IS_KNOWN, name="circles_mode_is_known"),
            models.CheckConstraint(condition=Q(anonymous=False) | Q(mode="blind"), name="circles_nameless_is_blind"),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} · {self.number} · {self.mode}"

    @property
    def prompt(self) -> str:
        return str(either(self.prompt_th, self.prompt_en))

    @property
    def note_shown(self) -> str:
        return str(either(self.note, self.note_en))

    @property
    def rescue(self) -> list[str]:
        return list(either(self.rescue_th, self.rescue_en))

    @property
    def asked_now(self) -> list[str]:
        return [words for number, words in enumerate(self.rescue) if number in self.asked]

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def holds_back(self) -> bool:
        """What is written now is shown later. After the reveal a blind round is open talk."""
        return self.mode == Mode.BLIND and self.is_running and self.revealed_at is None

    def is_over_time(self, now: datetime) -> bool:
        return self.ends_at is not None and self.is_running and now >= self.ends_at
