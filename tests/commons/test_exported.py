"""The export of a community: all that members share, and no more of an anonymous poll than its page shows."""

import json
from typing import Any

import pytest

from communities.commons import exported
from communities.commons.actions import announcements, polls
from communities.commons.exported import of_community
from tests.commons.test_polls import vote
from tests.make import commons as make
from tests.make.documents import pdf

pytestmark = pytest.mark.django_db


def test_everything_that_is_shared(officer: Any, colleague: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = make.community(officer, colleague)
    make.announcement(officer, circle)
    announcements.delete_announcement(actor=officer, announcement=make.announcement(officer, circle, "ลบแล้ว"))
    make.event(officer, circle)
    named, unnamed = make.poll(officer, circle, anonymous=False), make.poll(officer, circle)
    for poll in (named, unnamed):
        vote(colleague, poll, "จันทร์")
    document = make.document(officer, circle, data=pdf("kept"))
    make.item(officer, circle, owner=colleague)
    make.announcement(officer, make.community(officer), "ของวงอื่น")

    files = dict(of_community(circle))

    assert files[f"documents/{document.pk}-1-form.pdf"] == pdf("kept")
    assert [one["title"] for one in json.loads(files["announcements.json"])] == ["นัดคุยครั้งหน้า"]
    by_name = {one["anonymous"]: one for one in json.loads(files["polls.json"])}
    assert by_name[False]["results"][0]["answers"][0] == {"words": "จันทร์", "votes": 1, "names": [str(colleague)]}
    assert (by_name[True]["turnout"], by_name[True]["results"]) == (1, [])
    assert json.loads(files["actions.json"])[0]["owner"] == str(colleague)
    assert b"BEGIN:VEVENT" in files["events.ics"]
    everything = b"".join(files.values()).decode()
    assert ("ของวงอื่น" in everything, "ลบแล้ว" in everything) == (False, False)

    polls.close_poll(actor=officer, poll=unnamed)
    closed = {one["anonymous"]: one for one in json.loads(dict(of_community(circle))["polls.json"])}[True]
    assert (closed["turnout"], closed["results"]) == (1, [])
    monkeypatch.setattr(exported, "FEWEST", 1)
    closed = {one["anonymous"]: one for one in json.loads(dict(of_community(circle))["polls.json"])}[True]
    assert closed["results"][0]["answers"] == [
        {"words": "จันทร์", "votes": 1, "names": []},
        {"words": "อังคาร", "votes": 0, "names": []},
    ]
    assert str(colleague) not in json.dumps(closed, ensure_ascii=False)
