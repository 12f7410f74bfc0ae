"""Where communities stand in the frame of the site, and the first entries of the menu of a space. Declared by CommunitiesConfig.ready."""

from django.utils.translation import pgettext_lazy

from communities import frame
from communities.frame import Entry
from kmportal.core.navigation import Place, register, signed_in


def declare() -> None:
    label = pgettext_lazy("menu", "Communities")
    register(Place("communities:list", label, "people", 20, ("nav", "dock"), allowed=signed_in))
    frame.add_entry(Entry("communities:space", pgettext_lazy("space", "Front page"), 10, "home", allowed=frame.everybody))
