"""The CMS's own lists for its choosers, without what stands in closed circles."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet

from kmportal.library.models import LibraryDocument


class CmsDocumentsAPI(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return LibraryDocument.objects.visible_to(self.request.user).order_by("id")
