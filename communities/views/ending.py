"""The end of a community or its next stretch, and everything of it as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.actions.ending import archive_community, renew_community, restore_community
from communities.actions.exporting import ask_export
from communities.forms import RenewForm
from communities.models import Export
from communities.space import inside, led
from communities.views.ground import done, me, page, to, tried


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """Goes on with a new goal and date; or leads to archiving."""
    space = led(request.user, slug)
    community = space.community
    form = RenewForm(request.POST if request.method == "POST" else None, initial={"goal": community.goal})
    if tried(form, lambda: renew_community(actor=me(request), community=community, **form.cleaned_data)):
        return to(space)
    return page(request, space, "end", form=form)


@login_required
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Closes the community, after the page said what that means."""
    space, actor = led(request.user, slug), me(request)
    done(request, lambda: archive_community(actor=actor, community=space.community), _("The community is archived."))
    return to(space)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Brings an archived community back."""
    space, actor = led(request.user, slug), me(request)
    done(request, lambda: restore_community(actor=actor, community=space.community), _("The community is open again."))
    return to(space)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Has the file made, and says how far it is."""
    space = inside(request.user, slug)
    if not space.is_facilitator:
        raise PermissionDenied
    if request.method == "POST":
        done(request, lambda: ask_export(actor=me(request), community=space.community), _("The file is being made."))
        return to(space, "export")
    found = list(Export.objects.visible_to(request.user).filter(community=space.community)[:10])
    making = next((one for one in found if one.is_making), None)
    return page(request, space, "export", exports=found, making=making)


@login_required
@require_safe
def export_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far one file is, for the script of that page."""
    space = inside(request.user, slug)
    one = get_object_or_404(Export.objects.visible_to(request.user), pk=pk, community=space.community)
    answer = JsonResponse({"done": one.done, "parts": one.parts, "over": not one.is_making})
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def export_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file, for facilitators, until its time is over."""
    space = inside(request.user, slug)
    ready = Export.objects.visible_to(request.user).filter(state=Export.State.READY, expires_at__gt=timezone.now())
    one = get_object_or_404(ready, pk=pk, community=space.community)
    response = FileResponse(one.file.open("rb"), as_attachment=True, filename=f"{space.community.slug}.zip")
    response["Cache-Control"] = "private, no-store"
    return response
