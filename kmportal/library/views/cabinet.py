"""The document cabinet: its front, its drawers, a document, filing and refiling, the file itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kmportal.library import cabinet
from kmportal.library.actions import documents
from kmportal.library.actions.documents import AlreadyStored, Drawer
from kmportal.library.files import TYPES
from kmportal.library.forms.cabinet import AboutForm, FileForm, RefileForm, ReplaceForm
from kmportal.library.models import LibraryDocument
from kmportal.library.permissions import can_change_document, can_file_documents
from kmportal.taxonomy.models import PmqaCategory, PmqaCode

PER_PAGE = 20
UNDO = "cabinet_undo"


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    rows, years = cabinet.front(request.user)
    context = {"rows": rows, "years": years, "may_file": can_file_documents(request.user), "any": any(row.total for row in rows)}
    return render(request, "library/cabinet/front.html", context)


@require_GET
def drawer(request: HttpRequest, number: str, code: str = "") -> HttpResponse:
    """A category, or one of its codes; `year` and `sort` narrow and order. Values nobody offered are passed over."""
    if number not in PmqaCategory.NUMBERS:
        raise Http404
    shelves = cabinet.shelves(request.user, number)
    chosen = _chosen(shelves, code)
    years = cabinet.years_of(request.user, number)
    year = next((known for known in years if str(known) == request.GET.get("year")), None)
    found = cabinet.documents_in(request.user, number, code=chosen, year=year, sort=request.GET.get("sort", ""))
    place = {"number": number, "name": cabinet.category_name(number), "shelves": shelves, "code": chosen}
    return render(request, "library/cabinet/drawer.html", {**place, "years": years, "year": year, **_listed(request, found)})


def _listed(request: HttpRequest, found: Any) -> dict[str, Any]:
    """One page of the documents found, in the order asked for."""
    sort = request.GET.get("sort")
    return {
        "sort": sort if sort in cabinet.SORTS else "new",
        "documents": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_file": can_file_documents(request.user),
    }


def _chosen(shelves: list[cabinet.Shelf], code: str) -> PmqaCode | None:
    """The code of the address, if something this person may read lies there; an empty drawer and a closed one look the same."""
    if not code:
        return None
    found = next((shelf.code for shelf in shelves if code in {shelf.slug, str(shelf.code.pk)}), None)
    if found is None:
        raise Http404
    return found


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    found = _document(request, pk)
    undo = request.session.get(UNDO, {})
    context = {
        "document": found,
        "pages": cabinet.pages_using(request.user, found),
        "keeper": can_change_document(request.user, found),
        "undo": undo.get("document") == found.pk,
    }
    return render(request, "library/cabinet/document.html", context)


@require_GET
def download(request: HttpRequest, pk: str, name: str) -> HttpResponseBase:
    """The file, to those who may read it. Always saved, never shown in place; no tag of its content is sent along.

    The address is Wagtail's (wagtaildocs_serve), because rich text links to it.
    """
    found = get_object_or_404(LibraryDocument.objects.visible_to(request.user), pk=pk)
    if found.filename != name or not found.file.storage.exists(found.file.name):
        raise Http404
    content_type = TYPES.get(found.file_extension.lower(), "application/octet-stream")
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.filename, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
def add(request: HttpRequest) -> HttpResponse:
    if not can_file_documents(request.user):
        raise PermissionDenied
    form = FileForm(request.POST or None, request.FILES or None, user=request.user, initial=_suggested(request))
    problem: Any = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _stored(request, form)
        except (documents.DocumentError, documents.RefusedFile) as refused:
            problem = refused
        else:
            messages.success(request, _("Filed."))
            return redirect(made)
    same = problem.document if isinstance(problem, AlreadyStored) else None
    status = 422 if problem or form.errors else 200
    return render(request, "library/cabinet/add.html", {"form": form, "problem": problem, "same": same}, status=status)


def _stored(request: HttpRequest, form: FileForm) -> LibraryDocument:
    upload = form.cleaned_data["file"]
    return documents.file_document(
        actor=request.user, data=upload.read(), filename=upload.name, drawers=form.drawers(), **form.about()
    )


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """The drawer one came from is chosen already."""
    number = request.GET.get("category", "")
    return {"category": [number]} if number in PmqaCategory.NUMBERS else {}


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document is and who may read it."""
    found = _kept(request, pk)
    initial = {name: getattr(found, name) for name in ("title", "summary", "visibility", "agency", "community")}
    form = AboutForm(request.POST or None, user=request.user, initial=initial)
    problem: Any = None
    if request.method == "POST" and form.is_valid():
        try:
            documents.describe(actor=request.user, document=found, **form.about())
        except documents.DocumentError as refused:
            problem = refused
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return render(request, "library/cabinet/edit.html", {"document": found, "form": form, "problem": problem})


@login_required
def refile(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = RefileForm(request.POST or None, document=found)
    if request.method == "POST" and form.is_valid():
        before = documents.refile(actor=request.user, document=found, drawers=form.drawers())
        places = [[place.category.pk, place.code.pk if place.code else None, place.year] for place in before]
        request.session[UNDO] = {"document": found.pk, "drawers": places}
        messages.success(request, _("Refiled."))
        return redirect(found)
    return render(request, "library/cabinet/refile.html", {"document": found, "form": form})


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the document back into the drawers it lay in before the last refiling of this session."""
    found = _kept(request, pk)
    kept = request.session.pop(UNDO, {})
    if kept.get("document") == found.pk:
        categories = PmqaCategory.objects.in_bulk([place[0] for place in kept["drawers"]])
        codes = PmqaCode.objects.in_bulk([place[1] for place in kept["drawers"] if place[1]])
        before = [Drawer(categories[c], codes.get(code), year) for c, code, year in kept["drawers"] if c in categories]
        documents.refile(actor=request.user, document=found, drawers=before)
        messages.success(request, _("Taken back."))
    return redirect(found)


@login_required
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = ReplaceForm(request.POST or None, request.FILES or None)
    problem: Any = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            documents.replace_file(actor=request.user, document=found, data=upload.read(), filename=upload.name)
        except (documents.DocumentError, documents.RefusedFile) as refused:
            problem = refused
        else:
            messages.success(request, _("The newer file is in place."))
            return redirect(found)
    return render(request, "library/cabinet/replace.html", {"document": found, "form": form, "problem": problem})


def _document(request: HttpRequest, pk: int) -> LibraryDocument:
    return get_object_or_404(cabinet.with_drawers(LibraryDocument.objects.visible_to(request.user)), pk=pk)


def _kept(request: HttpRequest, pk: int) -> LibraryDocument:
    found = _document(request, pk)
    if not can_change_document(request.user, found):
        raise PermissionDenied
    return found
