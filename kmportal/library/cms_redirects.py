"""The CMS's list of moved addresses, without those of pages in closed circles: an address says what its page is about."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import IndexView
from wagtail.models import Page

from kmportal.library.cms_policies import workable

_all = IndexView.get_base_queryset


def readable(user: Any) -> QuerySet[Redirect]:
    """Redirects to other addresses, and to pages this person may work on."""
    return Redirect.objects.filter(Q(redirect_page=None) | Q(redirect_page__in=Page.objects.filter(workable(user)).values("pk")))


def _of_the_reader(view: IndexView) -> QuerySet[Redirect]:
    return _all(view).filter(pk__in=readable(view.request.user).values("pk"))


def install() -> None:
    """Wagtail's view asks no policy for its rows, so its one method is replaced."""
    IndexView.get_base_queryset = _of_the_reader
