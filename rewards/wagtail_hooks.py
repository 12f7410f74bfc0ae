"""Points in the CMS, for those who may change their rules."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from rewards import cms_rules
from rewards.permissions import can_change_rules


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("points/rules/", cms_rules.rules, name="rewards_rules"),
        path("points/rules/<slug:code>/", cms_rules.rule, name="rewards_rule"),
    ]


class PointsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_change_rules(request.user)


@hooks.register("register_admin_menu_item")
def points_item() -> MenuItem:
    return PointsItem(_("Points and rewards"), reverse_lazy("rewards_rules"), name="km-points", icon_name="tag", order=320)
