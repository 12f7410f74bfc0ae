"""Notices for tests, told the way the library tells them."""

from typing import Any

from kmportal.inbox.actions import tell
from kmportal.inbox.models import Notice
from kmportal.library.notices import OUTDATED, REVIEW_DUE
from tests.make.library import make_lesson


def told(recipient: Any, key: str = "1", *, page: Any = None, actor: Any = None, quote: str = "", **more: Any) -> Notice:
    """Somebody says that a lesson of the recipient is out of date."""
    page = page or make_lesson(f"บทเรียน {key}", owner=recipient, visibility="network")
    data = {"quote": quote} if quote else {}
    tell(kind=OUTDATED, recipients=[recipient], thing=page, key=key, actor=actor, data=data, **more)
    return Notice.objects.get(recipient=recipient, key=f"{OUTDATED}:{key}")


def told_often(recipient: Any, count: int, *, page: Any = None) -> list[Notice]:
    """As many lines, all about one page."""
    page = page or make_lesson("บทเรียนที่มีคนอ่าน", owner=recipient, visibility="network")
    for number in range(count):
        words = {"due": "2027-01-02", "overdue": False}
        tell(kind=REVIEW_DUE, recipients=[recipient], thing=page, key=f"{page.pk}:{number}", data=words)
    return list(Notice.objects.filter(recipient=recipient, kind=REVIEW_DUE).order_by("pk"))
