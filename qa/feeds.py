"""An Atom feed of questions that everybody may read, newest first. A feed reader signs in nowhere, so it gets what is public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext as _

from kmportal.core.text import shorten
from kmportal.library.feeds import CleanAtom
from qa.models import Question

ENTRIES = 30


class QuestionFeed(Feed[Any, Any]):
    """Without names: of a public question, members alone see who asks."""

    feed_type = CleanAtom

    def title(self) -> str:
        return _("New questions")

    def link(self) -> str:
        return reverse("qa:list")

    def feed_url(self) -> str:
        return reverse("qa:feed")

    def items(self) -> Iterable[Question]:
        return Question.objects.visible_to(AnonymousUser()).open().newest()[:ENTRIES]

    def item_title(self, item: Question) -> str:
        return item.title

    def item_description(self, item: Question) -> str:
        return shorten(item.text, 300)

    def item_pubdate(self, item: Question) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Question) -> datetime:
        return item.last_activity
