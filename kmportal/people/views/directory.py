"""Pages about people and agencies, for everybody."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kmportal.people import directory, permissions
from kmportal.people.forms import AgencyFilterForm, DirectoryForm
from kmportal.people.models import Person
from kmportal.people.pictures import small_name


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The directory: whoever this reader may see, filtered by name, agency and topic."""
    seen = Person.objects.visible_to(request.user)
    form = DirectoryForm(request.GET, seen=seen)
    chosen = form.chosen()
    found = seen.matching(chosen["q"] or "").select_related("agency").prefetch_related("topics")
    if chosen["agency"]:
        found = found.of_agency(chosen["agency"])
    if chosen["topic"]:
        found = found.filter(topics=chosen["topic"])
    page = directory.page_of(found, request.GET.get("page"))
    return render(request, "people/people.html", {"page": page, "form": form, "filtered": any(chosen.values())})


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person: who they are, and what other apps know of them."""
    seen = Person.objects.visible_to(request.user).select_related("agency__parent__parent__parent", "user")
    shown = get_object_or_404(seen, handle=handle)
    context = {
        "person": shown,
        "topics": shown.topics.all(),
        "is_me": shown.user_id is not None and shown.user_id == request.user.pk,
        "can_manage": shown.user is not None and permissions.can_manage_account(request.user, shown.user),
        "can_edit": shown.user_id is None and permissions.can_edit_person(request.user, shown),
    }
    return render(request, "people/person.html", context)


@require_safe
def picture(request: HttpRequest, handle: str, size: str) -> FileResponse:
    """A face, to those who may see the person: the files are never served by their own addresses."""
    shown = get_object_or_404(Person.objects.visible_to(request.user), handle=handle)
    name = shown.picture.name or ""
    name = small_name(name) if size == "small" else name
    storage = shown.picture.storage
    if not shown.picture.name or not storage.exists(name):
        raise Http404
    response = FileResponse(storage.open(name), content_type="image/webp")
    # Faces stand twenty to a page: the reader's own browser may keep one for a day; a changed picture has another address.
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies as a tree, with the number of people this reader sees."""
    form = AgencyFilterForm(request.GET)
    chosen = form.chosen()
    roots = directory.tree(request.user, chosen["q"] or "", chosen["kind"] or "")
    return render(request, "people/agencies.html", {"roots": roots, "form": form, "filtered": any(chosen.values())})


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency: what it is part of, its parts, its people, and what other apps know of it."""
    family = directory.family(slug)
    members = Person.objects.visible_to(request.user).of_agency(family.agency).select_related("agency").prefetch_related("topics")
    context = {
        "agency": family.agency,
        "crumbs": directory.breadcrumb(family.agency),
        "parts": family.parts,
        "aliases": family.aliases,
        "page": directory.page_of(members, request.GET.get("page")),
        "can_curate": permissions.can_curate_agencies(request.user),
    }
    return render(request, "people/agency.html", context)
