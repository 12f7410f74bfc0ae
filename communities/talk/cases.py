"""Messages as what cases are about: facilitators of the community decide. Registered in TalkConfig.ready."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.talk.actions import reporting
from communities.talk.models import Message
from kmportal.moderation import kinds
from kmportal.moderation.kinds import Kind, Outcome, Ready
from kmportal.moderation.models import Case
from kmportal.people.models import User


def _readable(user: Any) -> "Iterator[QuerySet[Any]]":
    yield Message.objects.visible_to(user).shown()


def _handled(user: Any) -> "Iterator[QuerySet[Any]]":
    """A facilitator decides about what others said; about their own, another facilitator."""
    if user.is_authenticated:
        led = user.memberships.filter(role="facilitator").values("community")
        yield Message.objects.visible_to(user).shown().filter(channel__community__in=led)
    else:
        yield Message.objects.none()


def _loaded() -> "Iterator[QuerySet[Any]]":
    yield Message.objects.select_related("channel__community", "author")


def _handlers(message: Message) -> list[User]:
    led = {"memberships__community": message.channel.community_id, "memberships__role": "facilitator"}
    return list(User.objects.filter(is_active=True, **led))


def _about(message: Message) -> list[User]:
    return [message.author] if message.author is not None else []


def _titles(message: Message) -> tuple[str, str]:
    channel = message.channel
    return channel.name, channel.name_en


def _place(message: Message) -> str:
    return "" if message.is_deleted else message.get_absolute_url()


def _message(case: Case) -> Message:
    found: Any = case.subject
    assert isinstance(found, Message)  # noqa: S101 - cases of this kind are about nothing else
    return found


def _hide(case: Case, actor: User, reason: str) -> dict[str, Any]:
    return reporting.hide(actor=actor, message=_message(case), why=reason)


def _show(case: Case, actor: User, reason: str) -> None:
    reporting.show_again(actor=actor, message=_message(case), hidden=case.decision.data)


CONDUCT = (
    Ready("polite", _("It is about a person rather than about the matter.")),
    Ready("secret", _("It tells something that must not be told here: personal data, or what is confidential.")),
    Ready("advert", _("It advertises something, or has nothing to do with our work.")),
)
KEPT = (Ready("agree", _("It keeps to our rules; that others see it differently is no reason to remove it.")),)


def register() -> None:
    """Declares the kind."""
    kinds.register(
        Kind(
            reporting.MESSAGE, pgettext_lazy("cases about", "Messages in channels"), icon="quote", handled=_handled, readable=_readable,
            handlers=_handlers, about=_about, titles=_titles, place=_place, evidence="talk/case.html", loaded=_loaded,
            sorts={reporting.FLAG: pgettext_lazy("report", "Not in order")}, lock=reporting.lock, outcomes=_outcomes(),
        )
    )  # fmt: skip


def _outcomes() -> tuple[Outcome, ...]:
    return (
        Outcome(
            "fine", pgettext_lazy("decision on a message", "Nothing is wrong"), _("It stays as it is."),
            _("It stays as it is; nothing is wrong with it."), against=False, reasons=KEPT,
        ),
        Outcome(
            "warn", pgettext_lazy("decision on a message", "Warn the author"),
            _("It stays; its author reads what must not happen again."),
            _("It stays. Its author is asked not to write like this again."), reasons=CONDUCT,
        ),
        Outcome(
            "hidden", pgettext_lazy("decision on a message", "Take it out of the channel"),
            _("Its place stays, its words are read by nobody any more. After an appeal they can return."),
            _("It was taken out of the channel."), apply=_hide, undo=_show, reasons=CONDUCT,
        ),
    )  # fmt: skip
