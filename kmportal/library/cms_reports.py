"""Reports of the CMS: what is due for review, and what waits for a second person."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from kmportal.core import dates
from kmportal.library.actions.reminders import WARN_DAYS
from kmportal.library.models import KnowledgePage


def _edit_url(page: Any) -> str:
    from django.urls import reverse  # noqa: PLC0415 - one small use

    return reverse("wagtailadmin_pages:edit", args=[page.pk])
