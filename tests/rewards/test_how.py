"""The page and the document about points say what the rules say."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from rewards import offers
from rewards.actions.ruling import Terms
from rewards.models import Reason
from rewards.rules import DEFAULTS
from tests.make import points as make

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def test_the_document_is_the_code() -> None:
    text = (ROOT / "docs" / "POINTS.md").read_text(encoding="utf-8").split("<!-- rules -->")[1].split("<!-- /rules -->")[0]
    rows = [[cell.strip().strip("`%") for cell in line.strip("|").split("|")] for line in text.strip().splitlines()[2:]]
    said = {row[0]: [int(cell) if cell else None for cell in row[1:]] for row in rows}

    terms = {reason.value: Terms(**values) for reason, values in DEFAULTS.items()}
    assert said == {
        reason: [t.points, t.reputation, t.cap_day, t.pair_day, t.pair_month, t.own_agency_percent, t.vest_days, t.expire_months]
        for reason, t in terms.items()
    }


def test_only_what_is_paid_for_is_promised() -> None:
    assert {Reason.LESSON_PUBLISHED, Reason.FRESHNESS_VERIFIED} <= set(offers.now())


@pytest.mark.parametrize("name", ["visitor", "officer", "coordinator"])
def test_everybody_may_read_what_pays(request: Any, name: str, as_: Any) -> None:
    page = as_(request.getfixturevalue(name)).get(reverse("rewards:how")).content.decode()

    assert ("+20" in page, "ไม่เกินวันละ 60" in page, str(Reason.LESSON_PUBLISHED.label) in page) == (True, True, True)
    assert str(Reason.CONTEST_RESULT.label) not in page


def test_it_follows_the_rules_and_tells_what_will_change(as_: Any, visitor: Any, coordinator: Any) -> None:
    make.rule(Reason.LESSON_PUBLISHED, coordinator, points=33, vest_days=0, own_agency_percent=25)
    make.rule(Reason.FRESHNESS_VERIFIED, coordinator, points=77, effective_from=timezone.now() + timedelta(days=5))

    with translation.override("en"):
        page = as_(visitor).get(reverse("rewards:how")).content.decode()

    assert ("+33" in page, "available at once" in page, "from the own agency 25% of the points" in page) == (True, True, True)
    assert ("What will change" in page, "+77" in page) == (True, True)


def test_the_address_may_be_read_only(as_: Any, visitor: Any) -> None:
    assert as_(visitor).post(reverse("rewards:how")).status_code == 405
