"""What people asked for. Nobody sees who asked, and after a week nothing here knows (kmportal.search.actions.log)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.search.querysets import SearchedQuerySet, SettledQuerySet, WantedQuerySet

LONGEST = 200


class SearchedQuery(models.Model):
    """A search somebody made; one in ten minutes for the same person and words."""

    query = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=LONGEST, db_index=True)
    hits = models.PositiveIntegerField()
    # Only the nearest things were shown, because nothing really matched.
    near = models.BooleanField(default=False)
    instead = models.CharField(max_length=LONGEST, blank=True)
    language = models.CharField(max_length=5)
    searched_at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Keyed digest of person, words and ten minutes: keeps a second row out. Emptied within the hour, so it names nobody later.
    slot = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many empty ones may stand beside each other

    objects = SearchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        indexes = [models.Index(fields=["user", "searched_at"], name="search_query_forget")]

    def __str__(self) -> str:
        return self.query


class WantedAnswer(models.Model):
    """A member told the coordinators that something is missing. The member is forgotten after a week, the wish stays."""

    query = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=LONGEST, db_index=True)
    sentence = models.CharField(_("what you need it for"), max_length=300, blank=True)
    wanted_at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = WantedQuerySet.as_manager()

    class Meta:
        verbose_name = _("missing answer")
        verbose_name_plural = _("missing answers")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="search_wanted_once")]

    def __str__(self) -> str:
        return self.query


class SettledQuery(models.Model):
    """A coordinator dealt with a query: wrote what was missing, or said which page answers it."""

    key = models.CharField(max_length=LONGEST, unique=True)
    query = models.CharField(max_length=LONGEST)
    url = models.CharField(_("page that answers it now"), max_length=500, blank=True)
    settled_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = SettledQuerySet.as_manager()

    class Meta:
        verbose_name = _("search dealt with")
        verbose_name_plural = _("searches dealt with")

    def __str__(self) -> str:
        return self.query
