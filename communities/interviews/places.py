"""Where interviews stand: in the menu of a space, and in the reader's own menu for those who are asked. Declared by InterviewsConfig.ready."""

from django.utils.translation import pgettext_lazy

from communities import frame
from communities.frame import Entry
from kmportal.core.navigation import Place, register, signed_in


def declare() -> None:
    frame.add_entry(Entry("interviews:list", pgettext_lazy("space", "Interviews"), order=45, icon="quote"))
    register(Place("interviews:mine", pgettext_lazy("menu", "Interviews with me"), "quote", 83, ("me",), allowed=signed_in))
