"""What people hear of cases: those who decide, those whom a case is about, those who reported something."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from kmportal.moderation.models import Case
from kmportal.moderation.permissions import has_queue

OPENED, APPEALED = "moderation.opened", "moderation.appealed"
DECIDED_ABOUT, DECIDED_REPORTED = "moderation.decided", "moderation.reported"
APPEAL_ABOUT, APPEAL_REPORTED = "moderation.appeal", "moderation.again"
GROUP = pgettext_lazy("group of notices", "Moderation")


def _handled(user: Any) -> "QuerySet[Any]":
    return Case.objects.handled_by(user)


def _about(user: Any) -> "QuerySet[Any]":
    return Case.objects.about(user)


def _concerning(user: Any) -> "QuerySet[Any]":
    return Case.objects.concerning(user)


def _titles(case: Case) -> tuple[str, str]:
    return case.rules.titles(case.subject)


def _told(case: Case) -> str:
    return reverse("moderation:told", args=[case.pk])


def declare() -> None:
    """Called once, by ModerationConfig.ready."""
    asked: dict[str, Any] = {"group": GROUP, "titles": _titles, "visible": _handled, "concerns": has_queue}
    heard: dict[str, Any] = {"group": GROUP, "titles": _titles, "place": _told, "more": "moderation/notices/decided_more.txt"}
    for kind in (
        Kind(
            OPENED, pgettext_lazy("kind of notice", "A case waits for a decision"), line="moderation/notices/opened.txt",
            more="moderation/notices/opened_more.txt", icon="flag", **asked,
        ),
        Kind(
            APPEALED, pgettext_lazy("kind of notice", "Somebody asks to look at a decision again"),
            line="moderation/notices/appealed.txt", more="moderation/notices/opened_more.txt", icon="flag", **asked,
        ),
        Kind(
            DECIDED_ABOUT, pgettext_lazy("kind of notice", "Moderators decided on something of yours"), mail_fixed=True,
            line="moderation/notices/decided.txt", icon="shield", visible=_about, **heard,
        ),
        Kind(
            DECIDED_REPORTED, pgettext_lazy("kind of notice", "Something you reported was decided"),
            line="moderation/notices/reported.txt", icon="flag", visible=_concerning, **heard,
        ),
        Kind(
            APPEAL_ABOUT, pgettext_lazy("kind of notice", "What came of asking moderators to look again"), mail_fixed=True,
            line="moderation/notices/appeal.txt", icon="shield", visible=_about, **heard,
        ),
        Kind(
            APPEAL_REPORTED, pgettext_lazy("kind of notice", "A decision on your report was looked at again"),
            line="moderation/notices/again.txt", icon="flag", visible=_concerning, **heard,
        ),
    ):  # fmt: skip
        register(kind)
