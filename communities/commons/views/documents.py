"""Documents of a space: list, one of them, sharing, newer versions, the file itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communities.commons.actions import documents as verbs
from communities.commons.forms.documents import AboutForm, ShareForm, VersionForm
from communities.commons.models import DocumentVersion, SpaceDocument
from communities.commons.permissions import can_change_document
from communities.commons.presenting import documents as presenting
from communities.commons.views.ground import deleted, found, member, page, reading, removed, sent, step, to, writing, written
from communities.space import Space
from kmportal.library.files import TYPES

PER_PAGE = 20


@reading
def documents(request: HttpRequest, space: Space) -> HttpResponse:
    listing = Paginator(presenting.listed(space), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "documents.html", space, listing=listing, undo=removed(request, "commons:document_restore", space))


@reading
def document(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = found(space, SpaceDocument.objects.visible_to(request.user).select_related("author"), pk)
    versions = thing.versions.select_related("author")
    return page(
        request, "document.html", space, document=thing, versions=versions, keeper=can_change_document(request.user, thing)
    )


@writing
def new(request: HttpRequest, space: Space) -> HttpResponse:
    if not space.can_take_part:
        raise PermissionDenied
    form = ShareForm(sent(request), request.FILES or None)
    made = written(form, lambda: verbs.share_document(actor=member(request), community=space.community, **_sent(form)))
    return to(made) if made else page(request, "document_edit.html", space, form=form, heading=_("Share a document"))


@writing
def version(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = _kept(request, space, pk)
    form = VersionForm(sent(request), request.FILES or None)
    made = written(form, lambda: verbs.add_version(actor=member(request), document=thing, **_sent(form)))
    return (
        to(thing)
        if made
        else page(request, "document_edit.html", space, form=form, document=thing, heading=_("Add a newer version"))
    )


@writing
def edit(request: HttpRequest, space: Space, pk: int) -> HttpResponse:
    thing = _kept(request, space, pk)
    form = AboutForm(sent(request), initial={"title": thing.title, "summary": thing.summary})
    made = written(form, lambda: verbs.describe_document(actor=member(request), document=thing, **form.cleaned_data))
    return (
        to(made)
        if made
        else page(request, "document_edit.html", space, form=form, document=thing, heading=_("Change title and summary"))
    )


@reading
def download(request: HttpRequest, space: Space, pk: int, number: int) -> HttpResponseBase:
    """The file, to members. Always saved, never shown in place; each fetching counts, nobody's name is kept."""
    thing = found(space, SpaceDocument.objects.visible_to(request.user), pk)
    wanted = get_object_or_404(DocumentVersion.objects.visible_to(request.user), document=thing, number=number)
    if not wanted.file.storage.exists(wanted.file.name):
        raise Http404
    kind = TYPES.get(wanted.extension, "application/octet-stream")
    response = FileResponse(wanted.file.open("rb"), as_attachment=True, filename=wanted.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    if request.method == "GET":
        verbs.count_download(document=thing)
    return response


@step(SpaceDocument.objects.visible_to)
def delete(request: HttpRequest, space: Space, thing: SpaceDocument) -> HttpResponse:
    verbs.delete_document(actor=member(request), document=thing)
    return deleted(thing, "commons:documents")


@step(SpaceDocument.objects.of_members)
def restore(request: HttpRequest, space: Space, thing: SpaceDocument) -> HttpResponse:
    return redirect(verbs.restore_document(actor=member(request), document=thing))


def _sent(form: Any) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    upload = said.pop("file")
    return {"data": upload.read(), "filename": upload.name, **said}


def _kept(request: HttpRequest, space: Space, pk: int) -> Any:
    thing = found(space, SpaceDocument.objects.visible_to(request.user), pk)
    if not can_change_document(request.user, thing):
        raise PermissionDenied
    return thing
