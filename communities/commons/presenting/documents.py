"""Documents as their pages show them."""

from typing import Any

from django.db.models import OuterRef, Subquery

from communities.commons.models import DocumentVersion, SpaceDocument
from communities.space import Space


def listed(space: Space) -> Any:
    """With what the newest version is: `number`, `extension`, `size`."""
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    fields = {name: Subquery(newest.values(name)[:1]) for name in ("number", "extension", "size")}
    rows = SpaceDocument.objects.visible_to(space.user).filter(community=space.community).select_related("author", "community")
    return rows.annotate(**fields).listed()
