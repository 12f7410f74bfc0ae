"""A door before every screen of the CMS: an address that names a page, version or document of a closed circle is not found.

Wagtail asks its permissions in each view, and answers a refusal with "you may not", which tells that the thing exists; some screens
(choosers, previews, comparisons) ask late or not at all. So the names in the address are checked once, before any view runs.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile

from kmportal.library.cms_bulk import require_touchable
from kmportal.library.cms_policies import choosable, workable
from kmportal.library.cms_reader import reading_as
from kmportal.library.cms_redirects import readable as readable_redirects
from kmportal.library.cms_spreadsheets import EXPORTED
from kmportal.library.models import KnowledgePage, LibraryDocument
from kmportal.library.visibility import revision_readable_by

CMS = "/cms/"
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "selected_page_id")
PAGE_PARAMETERS = ("id", "new_parent_page", "parent_page", "target_pages[]")
DOCUMENT_ARGUMENTS = ("document_id", "doc_id")
REVISION_ARGUMENTS = ("revision_id", "revision_id_a", "revision_id_b")
# Served to whoever asks.
OPEN = {"cms_login", "cms_words", "wagtailadmin_logout", "wagtailadmin_sprite"}
# What a database can compare a key with.
LARGEST = 2**31 - 1
# Screens that list titles, tags or counts of everything, whoever asks; the portal has reports of its own.
CLOSED = {
    "wagtailadmin_error_test",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:aging_pages_results",
    "wagtailadmin_workflows:usage",
    "wagtailadmin_workflows:usage_results",
}
CLOSED_LAST_NAMES = {"usage", "usage_results", "document_usage", "type_use", "type_use_results"}


class CmsGuard:
    """Middleware, after authentication. Outside the CMS it does nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(CMS):
            return self.get_response(request)
        with reading_as(request.user):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if not request.path.startswith(CMS):
            return
        if not request.user.has_perm("wagtailadmin.access_admin"):
            _turn_away(request)
            return
        _speak_language_of(request.user)
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in CLOSED or name.rsplit(":", 1)[-1] in CLOSED_LAST_NAMES:
            raise Http404
        if name == "wagtail_bulk_action":
            require_touchable(request, kwargs["app_label"], kwargs["model_name"])
        _require_pages(request, name, kwargs)
        _require_versions(request.user, kwargs)
        _require_documents(request, name, kwargs)
        if "redirect_id" in kwargs and not readable_redirects(request.user).filter(pk=kwargs["redirect_id"]).exists():
            raise Http404
        if request.GET.get("export") and name not in EXPORTED:
            raise Http404


def _turn_away(request: HttpRequest) -> None:
    """Wagtail sends everybody else to sign in; whoever has done so is told instead, or the two would send them back and forth.

    Raises:
        PermissionDenied: signed in, and no business in the CMS.
    """
    match = request.resolver_match
    if request.user.is_authenticated and match is not None and match.url_name not in OPEN:
        raise PermissionDenied


def _speak_language_of(user: Any) -> None:
    """The CMS keeps a language of its own; ours is the account's."""
    profile = UserProfile.get_for_user(user)
    if profile.preferred_language != user.language:
        profile.preferred_language = user.language
        profile.save(update_fields=["preferred_language"])


def _numbers(values: Iterable[Any]) -> set[int]:
    found = {int(str(value)[:20]) for value in values if str(value).isascii() and str(value).isdigit()}
    if any(number > LARGEST for number in found):
        raise Http404
    return found


def _sent(request: HttpRequest, names: Iterable[str]) -> set[int]:
    values = [value for name in names for value in (*request.GET.getlist(name), *request.POST.getlist(name))]
    return _numbers(values)


def _require_pages(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> None:
    choosing = name.startswith("wagtailadmin_choose_page")
    named = _numbers(kwargs[key] for key in PAGE_ARGUMENTS if key in kwargs)
    if kwargs.get("model_name") == "page" or kwargs.get("app_label") == "library":
        named |= _numbers([kwargs.get("object_id", "")])
    if name.startswith(("wagtailadmin_api:pages", "wagtailadmin_pages:")):
        named |= _numbers([kwargs.get("pk", "")])
    if (
        choosing
        or name.startswith("wagtailadmin_pages")
        or (name == "wagtail_bulk_action" and kwargs.get("model_name") == "page")
    ):
        named |= _sent(request, PAGE_PARAMETERS)
    if not named:
        return
    hidden = KnowledgePage.objects.filter(pk__in=named).values("pk")
    allowed = choosable(request.user) if choosing else workable(request.user)
    if Page.objects.filter(pk__in=hidden).exclude(pk__in=Page.objects.filter(allowed).values("pk")).exists():
        raise Http404


def _require_versions(user: Any, kwargs: dict[str, Any]) -> None:
    """A version from before the page was opened to more people stays with those who could read it then."""
    if not (wanted := [kwargs[key] for key in REVISION_ARGUMENTS if key in kwargs]):
        return
    versions = Revision.objects.filter(pk__in=_numbers(wanted))
    if "earliest" in wanted and (page := Page.objects.filter(pk__in=_numbers([kwargs.get("pk", "")])).first()):
        versions |= Revision.objects.filter(pk=page.revisions.order_by("created_at", "pk").values("pk")[:1])
    if not all(revision_readable_by(user, content) for content in versions.values_list("content", flat=True)):
        raise Http404


def _require_documents(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> None:
    named = _numbers(kwargs[key] for key in DOCUMENT_ARGUMENTS if key in kwargs)
    if name.startswith(("wagtaildocs_chooser", "wagtailadmin_api:documents")):
        named |= _numbers([kwargs.get("pk", "")]) | _sent(request, ["id"])
    if name == "wagtail_bulk_action" and kwargs.get("model_name") == "librarydocument":
        named |= _sent(request, ["id"])
    documents = LibraryDocument.objects.filter(pk__in=named)
    if named and documents.exclude(pk__in=LibraryDocument.objects.visible_to(request.user).values("pk")).exists():
        raise Http404
