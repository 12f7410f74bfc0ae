"""Badges for knowledge that was written down and kept: of pages that every member may read."""

from collections import Counter
from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.models import BestPracticePage, Credit, KnowledgePage, LessonPage
from kmportal.library.thankable import pages_for_all
from rewards.badge_kinds import Badge, register
from rewards.models import Act, Reason, Transfer


def _credited(people: Collection[int]) -> dict[int, int]:
    """Lessons and best practices that a second person let through: nothing else of these kinds is live."""
    kinds = ContentType.objects.get_for_models(LessonPage, BestPracticePage).values()
    pages = pages_for_all().filter(content_type__in=list(kinds)).order_by()
    found = Credit.objects.filter(page__in=pages, person__user__in=people).order_by()
    return dict(Counter(user for user, _page in found.values_list("person__user", "page").distinct()))


def _kept(people: Collection[int]) -> dict[int, int]:
    """Different pages that they confirmed when they were due."""
    paid = Transfer.objects.filter(act=Act.ISSUE, owner__in=people, rule_version__rule__code=Reason.FRESHNESS_VERIFIED).standing()
    kind = ContentType.objects.get_for_model(KnowledgePage)
    found = paid.filter(cause_type=kind, cause_id__in=pages_for_all().order_by().values("pk")).order_by()
    return dict(Counter(owner for owner, _page in found.values_list("owner", "cause_id").distinct()))


def declare() -> None:
    """Called once, by LibraryConfig.ready."""
    name, how = pgettext_lazy("badge", "Told and written down"), _("A lesson or best practice that names you was published.")
    register(Badge("first_lesson", name, how, 1, _credited, "book"))
    name, how = pgettext_lazy("badge", "Teller of five"), _("Five lessons or best practices that name you are published.")
    register(Badge("five_lessons", name, how, 5, _credited, "quote"))
    name, how = (
        pgettext_lazy("badge", "Kept fresh"),
        _("You checked three pages when they were due, so that they can be relied on."),
    )
    register(Badge("kept_fresh", name, how, 3, _kept, "cal"))
