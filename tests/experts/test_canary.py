"""Requests, kits and offers that are not agreed leak nowhere."""

from typing import Any

import pytest

from communities.experts.actions import duties, offering, outcomes
from communities.experts.actions.outcomes import Words
from kmportal.inbox.models import Notice
from tests.make import experts as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
SECRET = "คานารีเอ็กซ์"


def test_no_page_list_search_or_feed_tells(
    officer: Any,
    outsider: Any,
    colleague: Any,
    cop_member: Any,
    coordinator: Any,
    admin: Any,
    reviewer: Any,
    agency_b: Any,
    as_: Any,
) -> None:
    make.offer(officer, reviewer)
    it = make.done(outsider, officer, subject=SECRET, need=SECRET, tried=SECRET)
    words = Words(title=SECRET, context=SECRET, advice=SECRET, lesson=SECRET, reach="network")
    outcomes.write(actor=outsider, consultation=it, words=words)
    duties.save_duty(actor=officer, name=SECRET, parts={"steps": SECRET}, deputy=outsider)
    waiting = make_user("waiting@agency-b.example", agency=agency_b, given="ผู้รอ")
    make.offer(waiting, reviewer, agreed=False, helps_with=SECRET)
    paused = make_user("paused@agency-b.example", agency=agency_b, given="ผู้พัก")
    make.offer(paused, reviewer, helps_with=SECRET)
    offering.pause(actor=paused, paused=True)

    pages = [
        "/", "/experts/", f"/experts/?q={SECRET}", f"/people/?q={SECRET}", f"/search/?q={SECRET}", f"/search/suggest/?q={SECRET}",
        f"/api/v1/search?q={SECRET}", "/inbox/", "/consultations/", "/me/duties/", "/me/offer/", "/library/", "/qa/",
        *(f"/people/{one.person.handle}/" for one in (officer, outsider, waiting, paused)), f"/agencies/{agency_b.slug}/",
    ]  # fmt: skip
    for stranger in (colleague, cop_member, coordinator, admin, None):
        client = as_(stranger)
        for page in pages:
            body = client.get(page, follow=True).content.decode().replace(f'value="{SECRET}"', "")
            asked = page.partition("q=")[2]
            leaks = SECRET in body and not asked
            assert not leaks, (stranger, page)
        assert 'class="person"' not in client.get(f"/experts/?q={SECRET}").content.decode()
    told = set(Notice.objects.filter(title__contains=SECRET).values_list("recipient", flat=True))
    assert told <= {officer.pk, outsider.pk}
