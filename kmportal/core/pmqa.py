"""The eight cells of the PMQA strip: always the same order and place, so eyes learn them (DESIGN 1).

Which criteria an edition holds is data of the taxonomy; the eight categories themselves have not moved since 2005.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CATEGORIES: dict[str, str | Promise] = {
    "P": _("Organizational profile"),
    "1": _("Leadership"),
    "2": _("Strategic planning"),
    "3": _("Customers and stakeholders"),
    "4": _("Measurement, analysis and knowledge management"),
    "5": _("Human resources"),
    "6": _("Process management"),
    "7": _("Results"),
}

# For the cells of the form field, which are narrow.
SHORT: dict[str, str | Promise] = {
    "P": pgettext_lazy("PMQA, short", "Organization"),
    "1": pgettext_lazy("PMQA, short", "Leading"),
    "2": pgettext_lazy("PMQA, short", "Strategy"),
    "3": pgettext_lazy("PMQA, short", "Customers"),
    "4": pgettext_lazy("PMQA, short", "Measuring and knowledge"),
    "5": pgettext_lazy("PMQA, short", "People"),
    "6": pgettext_lazy("PMQA, short", "Processes"),
    "7": pgettext_lazy("PMQA, short", "Results"),
}


def marked(on: object) -> list[str]:
    """The categories meant by '4,6', '46', a list of numbers, or objects with a `number`, in the order of the strip."""
    if on is None or on == "":
        return []
    items = on if isinstance(on, (list, tuple, set, frozenset)) else list(str(on))
    if not isinstance(on, (str, int)) and hasattr(on, "__iter__"):
        items = list(on)
    found = {str(getattr(item, "number", item)) for item in items}
    return [category for category in CATEGORIES if category in found]
