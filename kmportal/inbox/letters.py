"""The mail about notices: words from the kind's text templates, one frame for plain text and one in the site's look."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from kmportal.core import naming
from kmportal.inbox import tokens
from kmportal.inbox.kinds import Kind, kind_of
from kmportal.inbox.models import Notice
from kmportal.people.models import User

SUBJECT_LENGTH = 150
# Mail programs know no stylesheets: the colours of tokens.css, as attributes. A test compares the two.
COLOURS = {
    "page": "#fbfbf8", "surface": "#ffffff", "line": "#dcdfd6", "ink": "#18202c", "quiet": "#5d6776", "khram": "#1d4488",
    "deep": "#12294f", "on_deep": "#ffffff", "gold": "#e8ad17", "sunken": "#f1f2ec",
}  # fmt: skip


def line(notice: Notice) -> str:
    """The one sentence of a notice in the active language."""
    return _one_line(render_to_string(kind_of(notice.kind).line, _words(notice)))


def letter(user: User, kind: Kind, notices: list[Notice]) -> EmailMultiAlternatives:
    """One mail about notices of one kind, in the person's language, with a way to stop mails of this kind that needs no sign-in."""
    with translation.override(user.language):
        context = _context(user, kind, notices)
        body = render_to_string("inbox/mail/letter.txt", context)
        html = render_to_string("inbox/mail/letter.html", context | {"colours": COLOURS})
        headers = {"Auto-Submitted": "auto-generated", **_stop_headers(context["stop"])}
        message = EmailMultiAlternatives(context["subject"], body, to=[user.email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def _context(user: User, kind: Kind, notices: list[Notice]) -> dict[str, Any]:
    base = settings.BASE_URL.rstrip("/")
    lines = [line(notice) for notice in notices]
    subject = _subject(kind, lines)
    entries = [
        # The subject said it already: below it the thing is named, and the sentence is not read twice.
        {
            "line": (_one_line(notice.shown_title) or words) if words == subject else words,
            "notice": notice,
            "url": base + notice.get_absolute_url(),
        }
        for words, notice in zip(lines, notices, strict=True)
    ]
    return {
        "user": user,
        "kind": kind,
        "entries": entries,
        "subject": subject,
        "more": render_to_string(kind.more, {"notice": notices[0], "number": len(notices)}).strip() if kind.more else "",
        "stop": "" if kind.mail_fixed else base + reverse("inbox:stop", args=[tokens.token(user.pk, kind.code)]),
        "choose": base + reverse("inbox:settings"),
        "base_url": base,
        "site_name": naming.current().name,
        "language": user.language,
    }


def _subject(kind: Kind, lines: list[str]) -> str:
    if len(lines) == 1:
        return lines[0][:SUBJECT_LENGTH]
    if kind.subject:
        return _one_line(render_to_string(kind.subject, {"number": len(lines)}))
    return gettext("%(number)d notices: %(kind)s") % {"number": len(lines), "kind": kind.label}


def _stop_headers(address: str) -> dict[str, str]:
    """RFC 8058: mail programs show "unsubscribe" and send the POST themselves."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if address else {}


def _words(notice: Notice) -> dict[str, Any]:
    others = getattr(notice, "others", 0)
    return {
        "notice": notice,
        "actor": str(notice.actor) if notice.actor else gettext("Somebody"),
        "title": notice.shown_title,
        "data": notice.data,
        "others": others,
        "number": others + 1,
    }


def _one_line(text: str) -> str:
    """Without line breaks and signs that cannot be seen: it becomes the subject of a mail."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
