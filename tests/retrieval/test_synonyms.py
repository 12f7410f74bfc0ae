"""Other words for what was typed, and whose they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kmportal.retrieval import importer, plan, synonyms
from kmportal.retrieval.models import SynonymGroup
from tests.retrieval.corpus import empty, fill, text, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_yet(db: None) -> None:
    empty()


def others(typed: str) -> set[str]:
    return set(synonyms.table().expand(plan.make(typed)).others)


def test_a_group_is_found_by_each_of_its_words() -> None:
    fill([text("รายงานถนน"), text("ทางหลวงชนบท"), text("อื่น")])
    assert titles("road") == []

    SynonymGroup.objects.create(words="road\nถนน\nทางหลวง")

    assert set(titles("road")) == {"รายงานถนน", "ทางหลวงชนบท"}
    assert titles("ถนน")[0] == "รายงานถนน"


def test_the_longest_expression_wins() -> None:
    SynonymGroup.objects.create(words="risk\nเสี่ยงภัย")
    SynonymGroup.objects.create(words="risk management\nบริหารทุกข์")

    assert "ทุกข์" in others("risk management")
    assert not {"ภัย", "เสี่ยงภัย"} & others("risk management")


def test_changes_count_at_once() -> None:
    group = SynonymGroup.objects.create(words="alpha\nbeta")
    assert others("alpha") == {"beta"}

    group.words = "alpha\ngamma"
    group.save()
    assert others("alpha") == {"gamma"}

    SynonymGroup.objects.update(is_active=False)
    assert others("alpha") == set()


def test_what_did_not_change_is_not_read_again() -> None:
    SynonymGroup.objects.create(words="alpha\nbeta")
    synonyms.table()
    with CaptureQueriesContext(connection) as caught:
        synonyms.table()

    assert len(caught) == 1


def test_loading_twice_changes_nothing() -> None:
    assert importer.load_synonyms() > 150
    assert importer.load_synonyms() == 0


def test_what_people_edited_stays() -> None:
    importer.load_synonyms()
    edited, off = SynonymGroup.objects.order_by("pk")[:2]
    edited.words += "\nอีกคำ"
    edited.save()
    off.is_active = False
    off.save()

    assert importer.load_synonyms() == 0
    assert SynonymGroup.objects.get(pk=edited.pk).words.endswith("\nอีกคำ")
    assert not SynonymGroup.objects.get(pk=off.pk).is_active


def test_an_unedited_group_follows_the_list() -> None:
    importer.load_synonyms()
    group = SynonymGroup.objects.order_by("pk")[0]
    name = group.key.rsplit("#", 1)[0]
    older = f"{name}\nคำเก่า"
    SynonymGroup.objects.filter(pk=group.pk).update(words=older, key=f"{name}#{importer._shape(older)}")

    assert importer.load_synonyms() == 1
    assert SynonymGroup.objects.get(pk=group.pk).words == group.words


def test_groups_with_nothing_in_them_do_no_harm() -> None:
    SynonymGroup.objects.create(words="\n \n???\n")

    assert others("alpha") == set()


def test_names_of_groups_are_unique() -> None:
    importer.load_synonyms()
    names = [key.rsplit("#", 1)[0] for key in SynonymGroup.objects.values_list("key", flat=True)]

    assert len(names) == len(set(names))
