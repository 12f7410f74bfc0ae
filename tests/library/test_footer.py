"""The foot of every page links the plain pages that coordinators chose, in the reader's language."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from kmportal.library.models import PlainPage

As = Callable[..., Client]
pytestmark = pytest.mark.django_db


def foot(client: Client, path: str) -> str:
    return client.get(path).content.decode().partition("<footer")[2]


def test_plain_pages_are_linked_in_both_languages(as_: As) -> None:
    thai, english = foot(as_(None), "/help/"), foot(as_(None), "/en/help/")
    for slug in ("help", "conduct", "privacy", "accessibility", "contact"):
        page = PlainPage.objects.get(slug=slug)
        assert f'<a href="/{slug}/">{page.title}</a>' in thai
        assert f'<a href="/en/{slug}/">{page.title_en}</a>' in english


def test_unpublished_and_unchosen_pages_are_not_linked(as_: As) -> None:
    PlainPage.objects.filter(slug="contact").update(live=False)
    PlainPage.objects.filter(slug="conduct").update(in_footer=False)
    cache.clear()
    shown = foot(as_(None), "/help/")
    assert 'href="/contact/"' not in shown
    assert 'href="/conduct/"' not in shown
    assert 'href="/privacy/"' in shown


def test_the_links_cost_no_query_after_the_first_page(as_: As, queries: Callable[..., int]) -> None:
    client = as_(None)
    before = queries(client, "/help/")
    PlainPage.objects.filter(slug="contact").update(in_footer=False)
    cache.clear()
    assert queries(client, "/help/") == before
