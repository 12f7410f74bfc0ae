"""The portal's name as the CMS keeps it (SiteWords), remembered for a minute and forgotten when somebody edits it."""

from django.core.cache import cache

from kmportal.core.naming import SiteName
from kmportal.library.models import SiteWords
from kmportal.taxonomy.models import in_reader_language

KEY = "library.sitewords"
SECONDS = 60


def names() -> SiteName | None:
    """The default site's words in the active language; None before the site has any."""
    stored = cache.get(KEY)
    if stored is None:
        words = (
            SiteWords.objects.filter(site__is_default_site=True).values_list("name", "name_en", "tagline", "tagline_en").first()
        )
        stored = words or ()
        cache.set(KEY, stored, SECONDS)
    if not stored:
        return None
    return SiteName(in_reader_language(stored[0], stored[1]), in_reader_language(stored[2], stored[3]))


def forget() -> None:
    cache.delete(KEY)
