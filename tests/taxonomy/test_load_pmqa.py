"""The shipped taxonomy: complete, repeatable, and never stronger than a coordinator's own words."""

from typing import Any

import pytest

from kmportal.taxonomy.actions import UNCONFIRMED_EN, UNCONFIRMED_TH, Loaded, load_pmqa
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition, Topic
from tests.conftest import Building


@pytest.fixture(scope="module")
def bare(ground: Building) -> None:
    """No taxonomy, whatever the template database holds. Once: each row is looked up in the indexes of the CMS as it goes."""
    with ground():
        for model in (PmqaCode, PmqaCategory, PmqaEdition, Topic):
            model._default_manager.all().delete()


@pytest.fixture
def empty(bare: None, db: None) -> None:
    """No taxonomy yet."""


def test_loads_every_edition_category_code_and_topic(empty: None) -> None:
    assert load_pmqa() == Loaded(editions=4, categories=32, codes=106, topics=26)
    assert {e.slug: PmqaCode.objects.filter(category__edition=e).count() for e in PmqaEdition.objects.all()} == {
        "fl-2551": 52,
        "fl-2557": 4,
        "pmqa-2558": 20,
        "pmqa-40": 30,
    }
    letters = PmqaCategory.objects.filter(edition__slug="fl-2551").order_by("number").values_list("number", "letters")
    assert list(letters) == [
        ("1", "LD"), ("2", "SP"), ("3", "CS"), ("4", "IT"), ("5", "HR"), ("6", "PM"), ("7", "RM"), ("P", ""),
    ]  # fmt: skip


def test_second_run_writes_nothing(empty: None, django_assert_num_queries: Any) -> None:
    load_pmqa()
    with django_assert_num_queries(8):  # savepoint twice; editions twice, categories twice, codes, topics
        again = load_pmqa()
    assert again == Loaded(0, 0, 0, 0)
    assert not again


def test_a_coordinators_wording_stays_until_reset(empty: None) -> None:
    load_pmqa()
    PmqaCode.objects.filter(code="LD6").update(label_th="ระบบควบคุมภายใน (แก้แล้ว)", explanation_th="คำอธิบายใหม่")
    load_pmqa()
    assert PmqaCode.objects.get(code="LD6").label_th == "ระบบควบคุมภายใน (แก้แล้ว)"
    assert load_pmqa(reset=True) == Loaded(4, 32, 106, 26)
    assert PmqaCode.objects.get(code="LD6").label_th == "ระบบการควบคุมภายใน"


def test_the_edition_in_force_is_the_coordinators_choice(empty: None) -> None:
    load_pmqa()
    assert PmqaEdition.objects.get(is_current=True).slug == "pmqa-40"
    PmqaEdition.objects.filter(slug="pmqa-40").update(is_current=False)
    PmqaEdition.objects.filter(slug="pmqa-2558").update(is_current=True)
    load_pmqa(reset=True)
    assert PmqaEdition.objects.get(is_current=True).slug == "pmqa-2558"


def test_a_missing_edition_does_not_take_the_current_one_away(empty: None) -> None:
    own = PmqaEdition.objects.create(slug="own", name_th="ฉบับของเครือข่าย", first_year=2026, is_current=True)
    load_pmqa()
    assert PmqaEdition.objects.get(is_current=True) == own


def test_the_same_code_means_another_thing_in_another_edition(empty: None) -> None:
    load_pmqa()
    sp5 = PmqaCode.objects.get(code="SP5")
    assert sp5.category.edition.slug == "fl-2551"  # the second edition stops at SP4
    first, second = PmqaCode.objects.filter(code="SP1").order_by("category__edition__first_year")
    assert first.label_th != second.label_th
    older, current = PmqaCode.objects.filter(code="4.2").order_by("category__edition__first_year")
    assert (older.label_en, current.label_en) == ("Managing knowledge, information and technology", "Analysis of data")


def test_unconfirmed_wording_says_so_in_both_languages(empty: None) -> None:
    load_pmqa()
    rm1 = PmqaCode.objects.get(code="RM1")
    assert rm1.explanation_th.endswith(UNCONFIRMED_TH)
    assert rm1.explanation_en.endswith(UNCONFIRMED_EN)
    assert UNCONFIRMED_TH not in PmqaCode.objects.get(code="PM5").explanation_th


def test_every_code_is_explained_in_both_languages(empty: None) -> None:
    load_pmqa()
    assert not PmqaCode.objects.filter(label_en="").exists()
    assert not PmqaCode.objects.filter(explanation_th="").exists()
    assert not PmqaCode.objects.filter(explanation_en="").exists()
