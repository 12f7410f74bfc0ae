"""The blocks a seminar summary is made of: one flat stream, read from top to bottom as the source was.

The hierarchy session > talk > section > item is implied by the order (library.outline reads it), so moving, splitting or re-kinding
a line is a change of one block, and the stream can hold any source without losing a line (docs/decisions/0005).
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory


class SpeakerBlock(blocks.StructBlock):
    person = SnippetChooserBlock("people.Person", label=_("person"))
    position = blocks.CharBlock(label=_("position at the time"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("speaker")


class SessionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=300)

    class Meta:
        icon = "calendar"
        label = _("session")


class TalkBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("form"), choices=[("talk", _("Talk")), ("group", _("Group discussion"))], default="talk")
    title = blocks.CharBlock(label=_("title"), max_length=300)
    agency = SnippetChooserBlock("people.Agency", label=_("agency"), required=False)
    speakers = blocks.ListBlock(SpeakerBlock(), label=_("speakers"), default=[])
    categories = blocks.MultipleChoiceBlock(
        label=_("PMQA categories"), choices=[(n, n) for n in PmqaCategory.NUMBERS], required=False
    )
    codes = blocks.CharBlock(
        label=_("PMQA codes"), required=False, max_length=120, help_text=_("Separated by commas, for example SP5, SP7")
    )

    class Meta:
        icon = "user"
        label = _("talk or group discussion")


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("heading"), max_length=300)

    class Meta:
        icon = "title"
        label = _("section heading")


class ItemBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("kind"), choices=ItemKind.choices, default=ItemKind.OBSERVATION)
    text = blocks.TextBlock(label=_("text"))
    level = blocks.IntegerBlock(label=_("level"), default=0, min_value=0, max_value=3)
    categories = blocks.MultipleChoiceBlock(
        label=_("PMQA categories"), choices=[(n, n) for n in PmqaCategory.NUMBERS], required=False
    )
    codes = blocks.CharBlock(label=_("PMQA codes"), required=False, max_length=120)

    class Meta:
        icon = "list-ul"
        label = _("item")


class ParagraphBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("text"))
    flagged = blocks.BooleanBlock(label=_("to be checked by the editor"), required=False)

    class Meta:
        icon = "pilcrow"
        label = _("paragraph")


class TableBlock(blocks.StructBlock):
    """First row is the header. A cell may hold several lines."""

    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)
    rows = blocks.ListBlock(blocks.ListBlock(blocks.TextBlock(required=False), label=_("cells")), label=_("rows"))

    class Meta:
        icon = "table"
        label = _("table")


class SummaryStream(blocks.StreamBlock):
    session = SessionBlock()
    talk = TalkBlock()
    section = SectionBlock()
    item = ItemBlock()
    paragraph = ParagraphBlock()
    table = TableBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
