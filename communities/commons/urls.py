"""Addresses of what members share."""

from django.urls import path

from communities.commons.views import items
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "commons"
SPACE = "communities/<slug:slug>"
urlpatterns = [
    path("me/actions/", items.mine, name="mine"),
    path(f"{SPACE}/actions/", items.items, name="items"),
    path(f"{SPACE}/actions/new/", items.new, name="item_new"),
    path(f"{SPACE}/actions/<key:pk>/", items.item, name="item"),
    path(f"{SPACE}/actions/<key:pk>/done/", items.complete, name="item_done"),
    path(f"{SPACE}/actions/<key:pk>/reopen/", items.reopen, name="item_reopen"),
    path(f"{SPACE}/actions/<key:pk>/move/", items.move, name="item_move"),
    path(f"{SPACE}/actions/<key:pk>/hand-over/", items.hand_over, name="item_hand_over"),
]
