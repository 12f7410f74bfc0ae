"""What templates of communities and of their parts use."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities import frame
from communities.space import Space

register = template.Library()


@register.simple_tag(takes_context=True)
def space_menu(context: Context, space: Space, counted: bool = True) -> list[frame.Line]:
    """`{% space_menu space as entries %}`: one query for each entry with a number."""
    return frame.lines(space, context["request"].path, counted=counted)


@register.simple_tag(takes_context=True)
def panel(context: Context, shown: frame.Panel, words: dict[str, Any], space: Space) -> SafeString:
    """`{% panel one words space %}`: one panel of the front page."""
    return render_to_string(shown.template, {"space": space, **words}, request=context["request"])
