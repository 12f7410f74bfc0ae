"""Messages hold pictures. Registered in TalkConfig.ready."""

from typing import Any

from django.db.models import QuerySet

from communities.talk.models import Message
from kmportal.pictures import kinds


def _visible(user: Any) -> "QuerySet[Any]":
    return Message.objects.visible_to(user).present()


def register() -> None:
    kinds.register(Message, _visible)
