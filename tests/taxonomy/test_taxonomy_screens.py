"""The taxonomy in the CMS: coordinators correct it, others do not get there."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kmportal.people.models import User
from kmportal.taxonomy.actions import load_pmqa
from kmportal.taxonomy.models import PmqaCode

As = Callable[..., Client]


@pytest.mark.parametrize("model", ["pmqaedition", "pmqacategory", "pmqacode", "topic"])
def test_coordinators_see_every_list_and_others_none(model: str, as_: As, coordinator: User, agency_coordinator: User) -> None:
    address = reverse(f"wagtailsnippets_taxonomy_{model}:list")
    assert as_(coordinator).get(address).status_code == 200
    assert as_(agency_coordinator).get(address).status_code == 302


def test_a_label_is_corrected_and_stays(as_: As, coordinator: User) -> None:
    code = PmqaCode.objects.get(code="CS8")
    address = reverse("wagtailsnippets_taxonomy_pmqacode:edit", args=[code.pk])
    assert as_(coordinator).get(address).status_code == 200
    data = {"category": code.category_id, "code": "CS8", "label_th": "ถ้อยคำที่ตรวจแล้ว", "position": "8"}
    as_(coordinator).post(address, data)
    load_pmqa()
    assert PmqaCode.objects.get(pk=code.pk).label_th == "ถ้อยคำที่ตรวจแล้ว"


def test_the_list_of_codes_costs_the_same_for_many(as_: As, coordinator: User, queries: Callable[..., int]) -> None:
    client, address = as_(coordinator), reverse("wagtailsnippets_taxonomy_pmqacode:list")
    assert queries(client, address, q="PM5") == queries(client, address, q="SP")
