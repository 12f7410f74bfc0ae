"""Pages that hold others, plain pages, and the site's own words."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page

from kmportal.library.models.guarding import AskedOnce
from kmportal.library.models.workflow import HolderPermissions, SectionPermissions
from kmportal.taxonomy.models import in_reader_language


class HomePage(AskedOnce, Page):
    template = "library/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["library.SectionPage", "library.SeminarIndexPage", "library.PlainPage"]

    class Meta:
        verbose_name = _("home page")

    def permissions_for_user(self, user: Any) -> HolderPermissions:
        return HolderPermissions(user, self)


class SectionPage(Page):
    """Holds lessons or best practices. The reader sees the library's list, filtered; the page only gives them an address."""

    lists = models.CharField(
        _("lists"),
        max_length=10,
        choices=[("lesson", _("lessons")), ("practice", _("best practices")), ("", _("all"))],
        blank=True,
    )

    parent_page_types = ["library.HomePage", "library.SectionPage"]
    subpage_types = [
        "library.SectionPage",
        "library.SeminarIndexPage",
        "library.LessonPage",
        "library.BestPracticePage",
        "library.PlainPage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("lists")]

    class Meta:
        verbose_name = _("library section")

    def permissions_for_user(self, user: Any) -> SectionPermissions:
        return SectionPermissions(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(reverse("library:list", query={"type": self.lists} if self.lists else None))


class SeminarIndexPage(Page):
    max_count = 1
    parent_page_types = ["library.HomePage", "library.SectionPage"]
    subpage_types = ["library.SeminarPage"]

    class Meta:
        verbose_name = _("seminar index")

    def permissions_for_user(self, user: Any) -> HolderPermissions:
        return HolderPermissions(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(reverse("library:list", query={"type": "seminar"}))


class PlainPage(AskedOnce, Page):
    """Help, terms, privacy: pages of plain words that everybody may read."""

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    body = RichTextField(_("text"), blank=True, features=["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"])
    body_en = RichTextField(
        _("text in English"), blank=True, features=["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"]
    )
    in_footer = models.BooleanField(_("link it in the footer"), default=False)

    template = "library/plain.html"
    parent_page_types = ["library.HomePage", "library.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("title_en"),
        FieldPanel("body_en"),
        FieldPanel("in_footer"),
    ]

    class Meta:
        verbose_name = _("plain page")

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)

    @property
    def shown_body(self) -> str:
        return in_reader_language(self.body, self.body_en)


@register_setting(icon="site")
class SiteWords(BaseSiteSetting):
    """The name of the portal and of the network it serves. A working name: every network may have its own."""

    name = models.CharField(_("name in Thai"), max_length=60, default="ลานความรู้")
    name_en = models.CharField(_("name in English"), max_length=60, default="Laan Khwamru")
    tagline = models.CharField(_("tagline in Thai"), max_length=120, default="เครือข่ายการพัฒนาระบบราชการ")
    tagline_en = models.CharField(_("tagline in English"), max_length=120, default="Public sector development network")
    review_months = models.PositiveSmallIntegerField(_("months until published knowledge is due for review"), default=12)
    lets_guests_in = models.BooleanField(
        _("people from outside may join a community that invites them"), default=True,
        help_text=_("They read that community and what is public, nothing else. Off: invitations go to listed mail domains only."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("name of the portal")

    def __str__(self) -> str:
        return self.name
