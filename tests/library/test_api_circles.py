"""Published knowledge for programs: each reader gets what their circles hold, by every road."""

from typing import Any

import pytest

from tests.library.circles import CIRCLES, READERS

pytestmark = pytest.mark.django_db
PAGES = "/api/v1/pages/"


@pytest.mark.parametrize("name", list(READERS))
def test_each_reader_gets_their_circles_only(request: Any, as_: Any, name: Any, circles: Any) -> None:
    allowed = READERS[name]
    client = as_(request.getfixturevalue(name))

    listed = client.get(PAGES, {"limit": 100, "fields": "*"})

    assert listed.json()["meta"]["total_count"] == 3 * len(allowed)
    for name_of_circle in CIRCLES:
        circle, inside = circles[name_of_circle], name_of_circle in allowed
        assert (circle.word in listed.text) is inside, name_of_circle
        assert circle.draft.title not in listed.text
        for page in (circle.seminar, circle.lesson, circle.practice):
            assert client.get(f"{PAGES}{page.pk}/").status_code == (200 if inside else 404)
            assert client.get(f"{PAGES}find/", {"id": page.pk}).status_code == (302 if inside else 404)
            assert client.get(f"{PAGES}find/", {"html_path": page.url}).status_code == (302 if inside else 404)
        assert client.get(f"{PAGES}{circle.draft.pk}/").status_code == 404
        for kind, count in (("obstacle", 1), ("metric", 0)):
            found = client.get(PAGES, {"kind": kind, "title": f"{circle.word} seminar"}).json()["meta"]["total_count"]
            assert found == (count if inside else 0)
