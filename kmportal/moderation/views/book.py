"""The book of staff acts, on the screen and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kmportal.moderation import bookfile, booklines, permissions
from kmportal.moderation.forms import BookForm
from kmportal.moderation.models import StaffAct
from kmportal.moderation.querysets import StaffActQuerySet
from kmportal.moderation.views.ground import member

PER_PAGE = 30


def _rows(request: HttpRequest) -> tuple[StaffActQuerySet, BookForm]:
    user = member(request)
    if not permissions.can_read_book(user):
        raise PermissionDenied(permissions.NO_READER_OF_THE_BOOK)
    form = BookForm(request.GET, fields=permissions.fields_of_book(user))
    return form.narrow(StaffAct.objects.visible_to(user)).select_related("actor"), form


@login_required
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """?who=…&act=…&since=…&until=…, the newest first."""
    rows, form = _rows(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "lines": booklines.lines(member(request), page.object_list), "form": form}
    return render(request, "moderation/book.html", shown | {"is_narrowed": form.is_narrowed})


@login_required
@require_safe
def book_csv(request: HttpRequest) -> HttpResponse:
    """The same rows for a spreadsheet."""
    rows, _form = _rows(request)
    name = f"staff-acts-{timezone.localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bookfile.text(member(request), rows), content_type="text/csv; charset=utf-8", headers=headers)
