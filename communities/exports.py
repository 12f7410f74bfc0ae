"""Everything of a community as files. Each part says what is its own, in AppConfig.ready():

    exports.register("talk", pages_of_talk)      # callable(community) -> Iterable[(path, bytes)]

Paths are put below a folder of that name. A part writes JSON for machines (`as_json`) and a page for people (`as_page`), and its files.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from communities.models import Community, Invitation, JoinRequest, Membership
from kmportal.core import clean

Part = Callable[[Community], Iterable[tuple[str, bytes]]]
_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    """Adds a part, or replaces the one of that name. The name is a folder: letters and dashes."""
    _parts[name] = part


def every() -> list[tuple[str, Part]]:
    """In the order of their names."""
    return sorted(_parts.items())


def as_json(data: Any) -> bytes:
    """Readable JSON; days and moments as ISO."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain).encode()


def as_page(title: str, rows: Iterable[tuple[str, str]], columns: tuple[str, str]) -> bytes:
    """A page of one table that any browser opens without this site."""
    return render_to_string("communities/export/page.html", {"title": title, "rows": rows, "columns": columns}).encode()


def of_community(community: Community) -> Iterator[tuple[str, bytes]]:
    """What this package keeps itself: the words of the community, its members, requests and invitations. No mail addresses of members."""
    yield "community.json", as_json(_words(community))
    words = {"community": community, "charter": clean.again(community.charter)}
    yield "charter.html", render_to_string("communities/export/charter.html", words).encode()
    members = list(Membership.objects.filter(community=community).select_related("user"))
    yield "members.json", as_json([_member(one) for one in members])
    rows = [(str(one.user), f"{one.get_role_display()} · {one.offers} · {one.seeks}") for one in members]
    yield "members.html", as_page(gettext("Members"), rows, (gettext("Name"), gettext("Role, offers, seeks")))
    yield "ways-in.json", as_json(_ways_in(community))


def _words(community: Community) -> dict[str, Any]:
    names = ("slug", "name", "name_en", "domain", "charter", "goal", "goal_on", "joining", "is_hidden", "created_at")
    found = {name: getattr(community, name) for name in (*names, "renewed_at", "archived_at")}
    codes = [code.code for code in community.codes.all()]
    return found | {"codes": codes, "topics": [topic.slug for topic in community.topics.all()]}


def _member(one: Membership) -> dict[str, Any]:
    return {
        "name": str(one.user), "role": one.role, "joined_at": one.joined_at, "offers": one.offers, "seeks": one.seeks
    }  # fmt: skip


def _ways_in(community: Community) -> dict[str, Any]:
    asked = JoinRequest.objects.filter(community=community).select_related("user")
    invited = Invitation.objects.filter(community=community)
    return {
        "requests": [
            {"name": str(one.user), "words": one.words, "state": one.state, "answer": one.answer, "at": one.created_at}
            for one in asked
        ],
        "invitations": [{"email": one.email, "role": one.role, "state": one.state, "at": one.created_at} for one in invited],
    }


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
