"""Reading marks, drafts out of talk, and the tellers' word. Every reader starts with visible_to(user)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from communities.talk.querysets import inside

if TYPE_CHECKING:
    from communities.harvest.models import Mark, Statement, TalkDraft, Word  # noqa: F401 - names for annotations


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, user: Any) -> "MarkQuerySet":
        """Members of the community, on what is shown."""
        return self.filter(inside(user, "message__channel__"), message__seq__isnull=False, message__deleted_at=None)

    def in_basket(self) -> "MarkQuerySet":
        """Confirmed, and in no draft yet."""
        return self.filter(confirmed_at__isnull=False, taken_into=None)


class TalkDraftQuerySet(models.QuerySet["TalkDraft"]):
    def visible_to(self, user: Any) -> "TalkDraftQuerySet":
        return self.filter(inside(user, "channel__"))

    def present(self) -> "TalkDraftQuerySet":
        return self.filter(dropped_at=None)


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: Any) -> "StatementQuerySet":
        """Of the talk: its members. Once the lesson is out the page shows who told what; the message stays with the space."""
        return self.filter(inside(user, "draft__channel__"))

    def standing(self) -> "StatementQuerySet":
        return self.filter(withdrawn_at=None)


class WordQuerySet(models.QuerySet["Word"]):
    def visible_to(self, user: Any) -> "WordQuerySet":
        """The teller's own; and those of a draft, for the members who work on it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(teller=user) | inside(user, "draft__channel__"))
