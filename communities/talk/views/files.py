"""Files that were sent with messages."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from communities.talk.models import Attachment
from kmportal.library.files import TYPES


@login_required
@require_safe
def download(request: HttpRequest, slug: str, pk: int, uuid: UUID, name: str) -> HttpResponseBase:
    """The file, to members. Always saved, never shown in place."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.user).filter(message__channel=pk, message__channel__community__slug=slug), uuid=uuid
    )
    if found.name != name or not found.file.storage.exists(str(found.file.name)):
        raise Http404
    content_type = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
