"""What must be true before a lesson out of a consultation is handed in or approved. Registered with the library by ExpertsConfig.ready."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.experts.fields import digest_of, newest
from communities.experts.models import Outcome
from kmportal.library import gates

NO_WORD = _(
    "Whoever gave the consultation has not confirmed this text yet. It was changed since; they read it from their consultations and say so."
)


def reason_to_wait(page: Any) -> str | Promise:
    outcome = Outcome.objects.filter(page=page.pk).select_related("page").first()
    if outcome is None or outcome.page is None:
        return ""
    return "" if outcome.lesson_digest == digest_of(newest(outcome.page)) else NO_WORD


def register() -> None:
    gates.register(reason_to_wait)
