"""Wagtail's own page privacy, asked at most once per page instead of once per ancestor."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction


class AskedOnce:
    """Mixin of our pages. `library.addresses` finds a page together with the answer and leaves it in `is_guarded`."""

    is_guarded: bool | None = None

    def get_view_restrictions(self) -> QuerySet[Any]:
        """Restrictions of this page and of all above it (Wagtail asks before serving)."""
        if self.is_guarded is False:
            return PageViewRestriction.objects.none()
        path = str(getattr(self, "path", ""))
        above = [path[:length] for length in range(Page.steplen, len(path) + 1, Page.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)
