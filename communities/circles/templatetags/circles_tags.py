"""Words of rounds as they stand in a method."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from communities.circles.models.templates import Mode, either
from kmportal.core import clean

register = template.Library()


@register.simple_tag
def prompt_of(one: dict[str, Any]) -> str:
    """The prompt in the reader's language; where the title goes stands an ellipsis."""
    return str(either(one["prompt_th"], one["prompt_en"])).replace("{title}", "…")


@register.simple_tag
def mode_of(mode: str) -> str:
    return str(Mode(mode).label)


@register.filter
def shown(body: str) -> SafeString:
    """`{{ message.body|shown }}`: it was made safe when it was written, and passes the wall again."""
    return clean.again(body)
