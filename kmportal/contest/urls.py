"""Addresses of contests, below /contests/. Judging and results have books of their own, joined here: one namespace, no clash."""

from kmportal.contest import urls_entry, urls_judging, urls_results
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "contest"
# Results first: their fixed words (gallery, verify) would read as the address of a contest.
urlpatterns = [*urls_results.urlpatterns, *urls_entry.urlpatterns, *urls_judging.urlpatterns]
