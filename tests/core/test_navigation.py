"""The list of places in the frame."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from kmportal.core import navigation
from kmportal.core.navigation import Place


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_places", {})


def _links(path: str, bar: str = "nav") -> list[navigation.Link]:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return navigation.links(request, bar)


@pytest.mark.usefixtures("places")
def test_places_stand_in_order_and_in_their_bars() -> None:
    navigation.register(Place("core:live", "B", order=2, bars=("nav", "dock")))
    navigation.register(Place("core:ready", "A", order=1))
    assert [link.label for link in _links("/")] == ["A", "B"]
    assert [link.label for link in _links("/", "dock")] == ["B"]


@pytest.mark.usefixtures("places")
def test_a_place_that_does_not_exist_is_left_out() -> None:
    navigation.register(Place("nowhere:list", "Dead"))
    assert _links("/") == []


@pytest.mark.usefixtures("places")
def test_a_place_is_shown_to_those_it_is_for() -> None:
    navigation.register(Place("core:live", "Mine", allowed=navigation.signed_in))
    assert _links("/") == []


@pytest.mark.usefixtures("places")
def test_registering_again_replaces() -> None:
    navigation.register(Place("core:live", "Old"))
    navigation.register(Place("core:live", "New"))
    assert [link.label for link in _links("/")] == ["New"]


@pytest.mark.usefixtures("places")
def test_only_the_nearest_place_is_current() -> None:
    navigation.register(Place("wagtail_serve", "Home", args=("",)))
    navigation.register(Place("core:styleguide", "Guide"))
    assert [link.label for link in _links("/styleguide/x/") if link.current] == ["Guide"]
    assert [link.label for link in _links("/") if link.current] == ["Home"]
    assert [link.label for link in _links("/other/") if link.current] == []


@pytest.mark.usefixtures("places")
def test_the_dock_holds_five() -> None:
    for number, name in enumerate(
        ["core:live", "core:ready", "core:preferences", "core:styleguide", "account_login", "account_logout"]
    ):
        navigation.register(Place(name, str(number), order=number, bars=("dock",)))
    assert [link.label for link in _links("/", "dock")] == ["0", "1", "2", "3", "4"]
