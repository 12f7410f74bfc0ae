"""Thai, with the Buddhist year. `o` is the year of core.era; Django's own Thai formats print the Common Era (glossary, section 4)."""

DATE_FORMAT = "j F o"
DATETIME_FORMAT = "j F o H.i น."
SHORT_DATE_FORMAT = "j M o"
SHORT_DATETIME_FORMAT = "j M o H.i น."
YEAR_MONTH_FORMAT = "F o"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H.i น."
