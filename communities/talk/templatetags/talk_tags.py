"""What the templates of channels use."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities.talk.models import Message
from communities.talk.presenting import voices
from communities.talk.presenting.voices import Tally, Voice
from kmportal.core import clean, dates

register = template.Library()


@register.filter
def said(body: str) -> SafeString:
    """`{{ message.body|said }}`: made safe when it was written, and past the wall again."""
    return clean.again(body)


@register.simple_tag
def voice(message: Message) -> Voice:
    """`{% voice message as by %}`"""
    return voices.of(message)


@register.simple_tag
def voice_name(message: Message) -> str:
    """`{% voice_name message.quote as name %}`"""
    return voices.name_of(message)


@register.simple_tag
def voice_of(user: Any) -> Voice:
    """`{% voice_of thread.opened_by as by %}`"""
    return voices.of_user(user)


@register.simple_tag
def tallies(message: Message) -> list[Tally]:
    """`{% tallies message as found %}`: the reactions to a message."""
    return voices.tallies(message)


@register.simple_tag
def iso_day(message: Message) -> str:
    return dates.local_date(message.created_at).isoformat()


@register.simple_tag(takes_context=True)
def above_block(context: Context, name: str, words: dict[str, Any]) -> SafeString:
    """`{% above_block name words %}`: what another part puts above the stream (communities.talk.above)."""
    shown = {"channel": context["channel"], **words}
    return render_to_string(name, shown, request=context["request"])
