"""What differs by reader is kept by nobody in between, and nobody else's page may frame it."""

import pytest
from django.test import Client

from kmportal.people.models import User

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/library/", "/people/", "/agencies/", "/agencies/agency-a/", "/cabinet/", "/cabinet/4/", "/pmqa/4/", "/me/", "/imports/", "/reviews/", "/rewards/", "/me/rewards/", "/rewards/desk/",
    "/qa/", "/qa/?show=mine", "/ask/", "/ask/people/?q=a", "/ask/similar/?q=how-to-begin", "/qa/feed/", "/moderation/", "/moderation/log/", "/me/points/",
    "/me/points/csv/", "/me/points/report/", "/points/", "/boards/", "/boards/csv/", "/badges/", "/inbox/", "/me/notices/", "/rewards/desk/csv/", "/feeds/", "/feeds/category/4/", "/feeds/kind/obstacle/", "/api/v1/pages/", "/api/v1/documents/", "/accounts/login/", "/accounts/email/",
    "/me/actions/", "/me/calendar/", "/preferences/", "/cms/", "/cms/reports/due/", "/people/accounts/", "/library/items/999999/", "/nowhere/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_cache_in_between_keeps_a_members_page(address: str, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(address)
    kept = answer.headers.get("Cache-Control", "")
    assert "no-store" in kept or "private" in kept
    assert "public" not in kept


@pytest.mark.parametrize("address", PAGES)
def test_no_foreign_page_frames_us(address: str, coordinator: User) -> None:
    for client in (Client(), Client()):
        answer = client.get(address)
        assert answer.headers["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
        assert (
            "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
            or "frame-ancestors 'none'" in (answer.headers["Content-Security-Policy"])
        )
        client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")


@pytest.mark.parametrize("address", [page for page in PAGES if page not in {"/nowhere/", "/library/items/999999/"}])
def test_visitors_pages_tell_caches_what_they_depend_on(address: str) -> None:
    answer = Client().get(address)
    kept = answer.headers.get("Cache-Control", "")
    assert "no-store" in kept or "private" in kept or "Cookie" in answer.headers.get("Vary", "")
