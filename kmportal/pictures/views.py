"""Putting a picture in, and looking at one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.core.limits import allows
from kmportal.people.models import User
from kmportal.pictures.actions import upload
from kmportal.pictures.models import Picture

UPLOADS_A_MINUTE = 20


@login_required
@require_POST
def put_in(request: HttpRequest) -> HttpResponse:
    """Takes one file; answers with its address and size as JSON, or with the words of a refusal."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    if not allows(f"member {request.user.pk}", "picture", UPLOADS_A_MINUTE):
        return JsonResponse({"error": _("Too many pictures at once. Wait a minute, then go on.")}, status=429)
    file = request.FILES.get("picture")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"error": _("Choose a picture first.")}, status=400)
    try:
        picture = upload(actor=request.user, file=file, size=file.size or 0)
    except ValidationError as refused:
        return JsonResponse({"error": " ".join(refused.messages)}, status=400)
    url = reverse("pictures:show", args=[picture.uuid, "small"])
    return JsonResponse({"url": url, "width": picture.width, "height": picture.height}, status=201)


@require_safe
def show(request: HttpRequest, uuid: UUID, size: str) -> HttpResponseBase:
    """The picture, to whoever may read what it belongs to. Browsers keep the bytes and ask each time whether they still may show them."""
    picture = get_object_or_404(Picture.objects.visible_to(request.user), uuid=uuid)
    tag = f'"{picture.digest[:32]}-{size}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None or response.status_code != 304:
        file = picture.large if size == "large" else picture.small
        response = FileResponse(file.open("rb"), content_type="image/webp", filename=f"{picture.uuid}.webp")
        response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Cookie"])
    return response
