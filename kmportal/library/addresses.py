"""From an address to its page in one query: what Wagtail's routing needs six for.

Wagtail walks down the tree and asks for site, root, each child and its privacy. Here a knowledge page is found by its whole path,
already limited to what the reader may see, with all that its template needs from other tables. Anything else is left to Wagtail.
"""

from typing import Any

from django.core.cache import cache
from django.db.models import Exists
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site

from kmportal.library.models import BestPracticePage, HomePage, KnowledgePage, LessonPage, SeminarPage

SITE_SECONDS = 60
KINDS: tuple[type[KnowledgePage], ...] = (SeminarPage, LessonPage, BestPracticePage)
_JOINED = ("agency", "community", "edition", "owner", "seminarpage__organiser", "lessonpage", "bestpracticepage")


def site_of(request: HttpRequest) -> Site | None:
    """The site of this host; remembered for a minute, because every page asks and it hardly ever changes."""
    site = cache.get_or_set(f"library.site:{request.get_host()}", lambda: Site.find_for_request(request), SITE_SECONDS)
    request._wagtail_site = site  # type: ignore[attr-defined]  # where Wagtail itself keeps it
    return site


def find(request: HttpRequest, path: str) -> None:
    """Leaves the page where Wagtail's `serve` looks for it; leaves nothing where this reader has none or it is of another kind."""
    site = site_of(request)
    if site is None:
        return
    page = _home(site) if not path else _knowledge(request, site.root_page.url_path + path)
    if page is not None:
        request._wagtail_route_for_request = (page, [], {})  # type: ignore[attr-defined]  # the same, for the page


def _guarded(url_path: str) -> Exists:
    """Whether anybody set Wagtail's privacy on this page or above it."""
    parts = url_path.strip("/").split("/")
    above = ["/", *("/" + "/".join(parts[: at + 1]) + "/" for at in range(len(parts)))]
    return Exists(PageViewRestriction.objects.filter(page__url_path__in=above))


def _home(site: Site) -> Page | None:
    home = HomePage.objects.live().filter(pk=site.root_page_id).annotate(guarded=_guarded(site.root_page.url_path)).first()
    if home is not None:
        home.is_guarded = home.guarded
    return home


def _knowledge(request: HttpRequest, url_path: str) -> KnowledgePage | None:
    found: Any = (
        KnowledgePage.objects.visible_to(request.user)
        .filter(url_path=url_path)
        .select_related(*_JOINED)
        .annotate(guarded=_guarded(url_path))
        .first()
    )
    if found is None:
        return None
    page: Any = next((child for kind in KINDS if (child := getattr(found, kind._meta.model_name or "", None))), None)
    if page is None:
        return None
    for name in ("agency", "community", "edition", "owner"):
        page._state.fields_cache[name] = found._state.fields_cache.get(name)
    page.is_guarded = found.guarded
    request.readable_page = page.pk  # type: ignore[attr-defined]  # read by KnowledgePage.serve
    return page
