"""Plain pages (help, privacy notice …) that coordinators chose for the foot of every page."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from kmportal.library.memory import remembered
from kmportal.library.models import PlainPage
from kmportal.taxonomy.models import in_reader_language

register = template.Library()


@dataclass(frozen=True)
class FooterPage:
    title: str
    url: str


@register.simple_tag
def footer_pages() -> list[FooterPage]:
    """`{% footer_pages as pages %}`: in the order of the page tree, in the reader's language. One query a minute for the whole site."""
    return [
        FooterPage(in_reader_language(thai, english), reverse("wagtail_serve", args=[path]))
        for thai, english, path in remembered("footer", _read)
    ]


def _read() -> list[tuple[str, str, str]]:
    rows = PlainPage.objects.live().filter(in_footer=True).order_by("path").values_list("title", "title_en", "url_path")
    # url_path begins with the home page's slug, which no address shows.
    return [(title, title_en, path.strip("/").partition("/")[2] + "/") for title, title_en, path in rows]
