"""Calendar files (RFC 5545), written and never read. Times are UTC, so no rules of a time zone travel along.

docs/decisions/0025 says why this is our own and no library.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation

from communities.commons.models import Event
from kmportal.core import naming
from kmportal.library.searched_pages import plain

LINE = 75
"""Octets of a line without its end; longer ones are folded."""
TYPE = "text/calendar; charset=utf-8"


def calendar(events: Iterable[tuple[Event, bool]], *, name: str = "") -> bytes:
    """A calendar of events; each with whether its reader has a place, so that the time counts as taken."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kmportal//communities//TH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines += [f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Bangkok", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for event, comes in events:
        lines += _event(event, comes)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def site_calendar_name() -> str:
    return naming.current().name


def _event(event: Event, comes: bool) -> list[str]:
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.BASE_URL.rstrip("/") + event.get_absolute_url()
    words = [plain(event.body), event.link, url]
    if event.is_cancelled:
        words.insert(0, event.cancel_reason)
    found = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@kmportal",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{escaped(event.title)}",
        f"DESCRIPTION:{escaped(chr(10).join(part for part in words if part))}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if comes and not event.is_cancelled else 'TRANSPARENT'}",
        f"CATEGORIES:{escaped(str(event.community))}",
        f"URL:{url}",
    ]
    if event.place:
        found.append(f"LOCATION:{escaped(event.place)}")
    return [*found, "END:VEVENT"]


def escaped(text: str) -> str:
    """A text value (3.3.11): backslash, semicolon, comma and line ends; other control signs are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or (ord(sign) >= 32 and ord(sign) != 127))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line (3.1): at most 75 octets, going on after a line end and a space; no letter is cut in two."""
    pieces: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        room = LINE if len(pieces) == 1 else LINE - 1
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
