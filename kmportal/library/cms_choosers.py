"""Choosers of the CMS that name only what the person may read."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.documents.views.chooser import BaseAdminDocumentChooser

from kmportal.core.text import shorten
from kmportal.library.cms_reader import may_read
from kmportal.library.models import Item
from kmportal.taxonomy.kinds import ItemKind

TITLE = 110


def only_readable(widget: BaseChooser, value: Any) -> Any:
    """In place of a chooser's get_instance: what this person may not read is shown as nothing chosen.

    A key typed into a form, or left in it by somebody of another circle, must not give away a title.
    """
    instance = BaseChooser.get_instance(widget, value)
    return instance if instance is not None and may_read(type(instance), instance.pk) else None


# The widget is made by Wagtail's own viewset, so its class is the one place to ask.
BaseAdminDocumentChooser.get_instance = only_readable


class ReadableChooser(BaseChooser):
    get_instance = only_readable

    def get_display_title(self, instance: Any) -> str:
        return shorten(instance.text, TITLE) if isinstance(instance, Item) else str(super().get_display_title(instance))


class ItemFilterForm(BaseFilterForm):
    """Thai has no spaces between words, so the search is "contains", not by word."""

    q = forms.CharField(label=_("Words in the item, talk or seminar"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all kinds")), *ItemKind.choices])

    def filter(self, objects: QuerySet[Item]) -> QuerySet[Item]:
        objects = super().filter(objects)
        if self.cleaned_data.get("kind"):
            objects = objects.filter(kind=self.cleaned_data["kind"])
        for words in self.cleaned_data.get("q", "").split():
            objects = objects.filter(Q(text__icontains=words) | Q(talk__title__icontains=words) | Q(page__title__icontains=words))
        self.is_searching = bool(self.cleaned_data.get("q"))
        self.search_query = self.cleaned_data.get("q")
        return objects


class _Items:
    """What the views of the item chooser share."""

    request: Any
    filter_form_class = ItemFilterForm
    ordering = ("-page__dated", "page", "position")

    def get_object_list(self) -> QuerySet[Item]:
        return Item.objects.visible_to(self.request.user).select_related("page", "talk")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]  # of the view this is mixed into
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("page", label=_("Seminar"), accessor="page"),
        ]


class ChooseItem(_Items, views.ChooseView):
    @property
    def title_column(self) -> Column:
        column = super().title_column
        column.label = _("Item")
        return column


class ChooseItemResults(_Items, views.ChooseResultsView):
    pass


class ItemChosen(views.ChosenView):
    def get_object(self, pk: Any) -> Item:
        return Item.objects.visible_to(self.request.user).get(pk=pk)

    def get_display_title(self, instance: Item) -> str:
        return shorten(instance.text, TITLE)


class ItemsChosen(views.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[Item]:
        return Item.objects.visible_to(self.request.user).filter(pk__in=[pk for pk in pks if pk.isascii() and pk.isdigit()])


class ItemChooser(ChooserViewSet):
    model = Item
    icon = "list-ul"
    choose_one_text = _("Choose a seminar item")
    choose_another_text = _("Choose another seminar item")
    choose_view_class = ChooseItem
    choose_results_view_class = ChooseItemResults
    chosen_view_class = ItemChosen
    chosen_multiple_view_class = ItemsChosen
    base_widget_class = ReadableChooser
