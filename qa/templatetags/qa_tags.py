"""What templates ask questions and answers for."""

from django import template
from django.utils.safestring import SafeString

from kmportal.core import clean

register = template.Library()


@register.filter
def written(body: str) -> SafeString:
    """`{{ answer.body|written }}`: the text of a post. It was made safe when it was written, and passes the wall again."""
    return clean.again(body)
