"""Acts on many things at once. Wagtail's screens for them name also what one may not touch ("you have no permission for these")."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page
from wagtail.permissions import policy_registry

from kmportal.library.cms_policies import workable
from kmportal.library.models import LibraryDocument

ACTS = ["change", "delete"]
# Of these, "select all" is narrowed to what one may touch, and cms_guard asks for the ones that are named.
NARROWED = (Page, LibraryDocument)
_all_in_listing = PageBulkAction.get_all_objects_in_listing_query


def only_workable(action: PageBulkAction, parent_id: Any) -> QuerySet[Any]:
    """In place of the query behind "select all": without the pages of closed circles."""
    found = [getattr(one, "pk", one) for one in _all_in_listing(action, parent_id)]
    return Page.objects.filter(workable(action.request.user), pk__in=found).values_list("pk", flat=True)


# The acts are classes of Wagtail's, each made from this one, so this is the one place to ask.
PageBulkAction.get_all_objects_in_listing_query = only_workable


def require_touchable(request: HttpRequest, app_label: str, model_name: str) -> None:
    """Accounts, people, communities and the like: one who may not change one of those meant finds none of them.

    Raises:
        Http404: one of them is not theirs to change, or there is no such kind of thing.
    """
    try:
        model: Any = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if issubclass(model, NARROWED):
        return
    wanted = request.GET.getlist("id")
    meant = model._default_manager.all()
    if "all" not in wanted:
        meant = meant.filter(pk__in=[pk for pk in wanted if pk.isascii() and pk.isdigit() and len(pk) < 19])
    theirs = policy_registry.get_by_type(model).instances_user_has_any_permission_for(request.user, ACTS)
    if meant.exclude(pk__in=theirs.order_by().values("pk")).exists():
        raise Http404
