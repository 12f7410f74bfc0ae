"""Lessons harvested in a community, as a figure of its health. Declared by HarvestConfig.ready."""

from datetime import datetime

from django.utils.translation import gettext, pgettext_lazy

from communities import measures
from communities.harvest.models import Mark, TalkDraft
from communities.measures import Figure, Measure
from communities.models import Community


def lessons(community: Community, since: datetime) -> Figure:
    """Published within the time; beside it, how many are being worked on."""
    drafts = TalkDraft.objects.filter(channel__community=community, dropped_at=None)
    published = drafts.filter(lesson__live=True, lesson__first_published_at__gte=since).count()
    waiting = drafts.filter(lesson__live=False).count()
    return Figure(str(published), gettext("published; drafts under way: %(waiting)d") % {"waiting": waiting})


def active(community: Community, since: datetime) -> set[int]:
    """Who marked what others should learn from."""
    found = Mark.objects.filter(message__channel__community=community, made_at__gte=since).values_list("by", flat=True)
    return {person for person in found if person is not None}


def declare() -> None:
    measures.add(Measure("harvest.lessons", pgettext_lazy("health", "Lessons harvested"), lessons, 40))
    measures.add_activity(active)
