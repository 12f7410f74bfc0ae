"""The portal's name is a site setting: a coordinator's wording shows at once, in both languages."""

import pytest
from django.core.cache import cache
from django.test import Client

from kmportal.library import naming
from kmportal.library.models import SiteWords

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def test_the_name_comes_from_the_cms_in_the_readers_language(client: Client) -> None:
    SiteWords.objects.update(name="ลานทดลอง", name_en="Trial Ground")
    assert "<b>ลานทดลอง</b>" in client.get("/accounts/login/").content.decode()
    assert "<b>Trial Ground</b>" in client.get("/en/accounts/login/").content.decode()


def test_an_edit_in_the_cms_shows_at_once(client: Client) -> None:
    client.get("/accounts/login/")
    SiteWords.objects.update(name="ชื่อใหม่")
    assert "ชื่อใหม่" not in client.get("/accounts/login/").content.decode()
    naming.forget()
    assert "ชื่อใหม่" in client.get("/accounts/login/").content.decode()


def test_without_words_the_settings_name_the_portal(client: Client, settings: object) -> None:
    SiteWords.objects.all().delete()
    assert naming.names() is None
    assert client.get("/accounts/login/").status_code == 200
