"""Whatever is done to a few things, in whatever order: the index says what the rows say."""

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from wagtail.models import Page

from kmportal.library.models import KnowledgePage, SeminarPage
from kmportal.people.models import Agency
from kmportal.retrieval import actions
from tests.make.library import item, make_lesson, make_seminar, republish, set_body, talk
from tests.make.people import AGENCY_A

pytestmark = pytest.mark.django_db(transaction=False)
WORDS = ("น้ำท่วม", "งบประมาณหมด", "ask first", "เขื่อน กพร.", "")


def edit(page: Any, words: str) -> None:
    if isinstance(page, SeminarPage):
        set_body(page, talk(words or "หัวข้อ", items=[item("obstacle", words or "x"), item("practice", "ถามก่อน")]))
    else:
        republish(page, summary=words, why=f"<p>{words}</p>")


def rename(page: Any, words: str) -> None:
    agency = Agency.objects.get(slug=AGENCY_A)
    agency.name = f"กรม {words}"
    agency.save()


DO: dict[str, Callable[[Any, str], Any]] = {
    "edit": edit,
    "narrow": lambda page, words: republish(page, visibility="agency", agency=Agency.objects.get(slug=AGENCY_A)),
    "widen": lambda page, words: republish(page, visibility="public"),
    "unpublish": lambda page, words: Page.objects.get(pk=page.pk).unpublish(),
    "publish": lambda page, words: page.get_latest_revision().publish(),
    "delete": lambda page, words: page.delete(),
    "rename": rename,
    "move": lambda page, words: page.move(page.get_parent(), pos="first-child"),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(DO)), st.integers(0, 2), st.sampled_from(WORDS)), min_size=3, max_size=8)


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(steps=STEPS)
def test_any_order_of_steps_leaves_a_clean_index(db: None, steps: list[tuple[str, int, str]]) -> None:
    keys = [
        make_seminar("สัมมนา", talks=[talk("หัวข้อ", items=[item("obstacle", "ไม่มีงบ")])]).pk,
        make_lesson("บทเรียน", agency=Agency.objects.get(slug=AGENCY_A)).pk,
        make_lesson("ฉบับร่าง", publish=False).pk,
    ]
    for what, which, words in steps:
        page = KnowledgePage.objects.filter(pk=keys[which]).first()
        if page is not None:
            DO[what](page.specific, words)
        assert not actions.check(), (what, which, words)
    actions.catch_up()
    assert not actions.check()
