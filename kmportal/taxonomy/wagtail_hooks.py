"""The taxonomy in the CMS: coordinators correct wording, add topics, and say which edition is in force."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition, Topic


class EditionSnippets(SnippetViewSet):
    model = PmqaEdition
    icon = "tag"
    list_display = ["name_th", "first_year", "last_year", "is_current"]
    copy_view_enabled = False
    panels = [FieldPanel(name) for name in ("name_th", "name_en", "slug", "first_year", "last_year", "is_current")]


class CategorySnippets(SnippetViewSet):
    model = PmqaCategory
    icon = "tag"
    list_display = ["number", "name_th", "name_en", "edition"]
    list_filter = ["edition"]
    copy_view_enabled = False
    panels = [FieldPanel(name) for name in ("edition", "number", "letters", "name_th", "name_en")]


class CodeSnippets(SnippetViewSet):
    model = PmqaCode
    icon = "tag"
    list_display = ["code", "label_th", "category"]
    list_filter = ["category__edition", "category__number"]
    search_fields = ["code", "label_th", "label_en", "explanation_th"]
    copy_view_enabled = False
    panels = [
        FieldPanel(name) for name in ("category", "code", "label_th", "label_en", "explanation_th", "explanation_en", "position")
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PmqaCode]:
        return PmqaCode.objects.select_related("category__edition")


class TopicSnippets(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name_th", "name_en"]
    search_fields = ["name_th", "name_en"]
    copy_view_enabled = False
    panels = [FieldPanel(name) for name in ("name_th", "name_en", "slug")]


class TaxonomyGroup(SnippetViewSetGroup):
    items = (EditionSnippets, CategorySnippets, CodeSnippets, TopicSnippets)
    menu_label = _("PMQA and topics")
    menu_icon = "tag"
    menu_order = 350


register_snippet(TaxonomyGroup)
