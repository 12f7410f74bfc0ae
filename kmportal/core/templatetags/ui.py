"""Tags and filters that every template may use without loading them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from kmportal.core import assets, dates, khit, navigation, pmqa, text
from kmportal.core.language import in_language

register = template.Library()


# --- Dates and words -------------------------------------------------------------------------------------------------------------
@register.filter
def thai_date(value: date | datetime | None) -> str:
    """'1 กรกฎาคม 2553' to a Thai reader, '1 July 2010' to an English one."""
    return dates.full(value) if value else ""


@register.filter
def thai_date_short(value: date | datetime | None) -> str:
    """'1 ก.ค. 2553' or '1 Jul 2010'."""
    return dates.short(value) if value else ""


@register.filter
def thai_time(value: datetime | None) -> str:
    """'14.30 น.' or '14:30'."""
    return dates.clock(value) if value else ""


@register.simple_tag
def thai_period(start: date | None, end: date | None = None) -> str:
    """`{% thai_period page.start page.end %}`: '1–2 กรกฎาคม 2553'."""
    return dates.period(start, end) if start else ""


@register.filter("thai_period")
def thai_period_filter(start: date | None, end: date | None = None) -> str:
    """`{{ page.start|thai_period:page.end }}`, the same as the tag."""
    return thai_period(start, end)


@register.filter
def thai_digits(value: object) -> str:
    """๐–๙ for official papers."""
    return text.thai_digits(str(value))


@register.filter
def keep(value: object) -> SafeString:
    """Keeps known Thai compounds, and a number with its unit, on one line. For headings and leads."""
    parts = (format_html('<span class="nb">{}</span>', part) if whole else part for part, whole in text.pieces(str(value)))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def shorten(value: object, length: int) -> str:
    """`{{ page.summary|shorten:140 }}`: cut between letters, at a word end where one is near."""
    return text.shorten(str(value), int(length))


# --- Pictures --------------------------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "search" %}`: a drawing of static/icons.svg; silent to screen readers unless it has a label."""
    address = f"{assets.address('icons.svg')}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"></use></svg>', address)


def _stitched(stitches: Iterable[khit.Stitch]) -> SafeString:
    return format_html_join("", '<path class="{}" d="{}"{}/>', ((s.thread, s.path, _dashes(s.dashes)) for s in stitches))


def _dashes(lengths: str) -> SafeString | str:
    return format_html(' stroke-dasharray="{}"', lengths) if lengths else ""


@register.simple_tag(name="khit")
def khit_cloth(seed: object, size: str = "68x34") -> SafeString:
    """`{% khit contest.pk "68x34" %}`: a woven cover from any id; size in threads, width x height."""
    width, height = (int(number) for number in size.split("x"))
    return format_html(
        '<svg class="khit" viewBox="0 0 {0} {1}" width="{2}" height="{3}" preserveAspectRatio="xMidYMid slice" '
        'shape-rendering="crispEdges" aria-hidden="true">{4}</svg>',
        width,
        height,
        width * 4,
        height * 4,
        _stitched(khit.cloth(str(seed), width, height)),
    )


@register.simple_tag
def face(seed: object, size: str = "") -> SafeString:
    """`{% face person.pk "s" %}`: the woven square of a person without a photo. Decorative: the name stands beside it."""
    return format_html(
        '<svg class="face khit k{} {}" viewBox="0 0 11 11" shape-rendering="crispEdges" aria-hidden="true">{}</svg>',
        khit.colour(str(seed)),
        size,
        _stitched(khit.face(str(seed))),
    )


@register.simple_tag
def seal(agency: object, size: str = "", kind: str = "", name: str = "") -> SafeString:
    """`{% seal agency "s" %}`: the agency's stamp. Letters only, never an emblem.

    Args:
        agency: an object with `abbreviation` and `name`, or the abbreviation itself together with `name`.
        size: "s", "" or "l".
        kind: "" used it, "org" just belongs here, "mute" nobody yet or a rest like "+8".
    """
    full = name or str(getattr(agency, "name", "") or agency)
    letters = str(getattr(agency, "abbreviation", "") or "") or (
        agency if isinstance(agency, str) and agency else text.initials(full)
    )
    # "สป.มท." does not fit a round stamp; the full name is read aloud and shown on hover.
    letters = letters.replace(".", "") if len(text.graphemes(letters)) > 5 else letters
    tight = "tight" if len(text.graphemes(letters)) > 3 else ""
    classes = " ".join(part for part in ("seal", size, kind, tight) if part)
    return format_html('<span class="{0}" role="img" aria-label="{1}" title="{1}">{2}</span>', classes, full, letters)


@register.simple_tag
def pmqa_strip(on: object = None) -> SafeString:
    """`{% pmqa_strip on=page.categories %}`: eight cells P 1–7, the marked ones filled; names are read aloud."""
    shown = pmqa.marked(on)
    names = ", ".join(f"{category} {pmqa.CATEGORIES[category]}" for category in shown) or gettext("no category yet")
    cells = format_html_join(
        "",
        "<i{}>{}</i>",
        ((format_html(' class="{}"', "on") if category in shown else "", category) for category in pmqa.CATEGORIES),
    )
    return format_html('<span class="pm" role="img" aria-label="PMQA {0}" title="PMQA {0}">{1}</span>', names, cells)


@register.simple_tag
def pmqa_choices(selected: object = None) -> list[dict[str, object]]:
    """The eight cells for the form field: number, short and full name, whether chosen."""
    chosen = pmqa.marked(selected)
    return [
        {"number": number, "name": name, "short": pmqa.SHORT[number], "on": number in chosen}
        for number, name in pmqa.CATEGORIES.items()
    ]


@register.simple_tag
def qr(address: str) -> SafeString:
    """`{% qr url %}`: the address as a code to scan, drawn row by row; decorative, the address stands beside it in words."""
    code = segno.make(address, micro=False)
    width = code.symbol_size(border=0)[0]
    path = "".join(f"M{x} {y}.5h{length}" for y, row in enumerate(code.matrix) for x, length in khit.runs(list(row), 1))
    return format_html(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true"><path d="{1}"/></svg>', width, path
    )


# --- The frame -------------------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """`{% query page=2 kind=None %}`: the query string of this address with some values changed; None takes one away."""
    request = context.get("request")
    parameters = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        elif isinstance(value, (list, tuple)):
            parameters.setlist(name, [str(item) for item in value])
        else:
            parameters[name] = str(value)
    encoded = parameters.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def links(context: Context, bar: str) -> list[navigation.Link]:
    """`{% links "nav" as places %}`: what this reader sees in a bar of the frame; nothing where there is no request."""
    request = context.get("request")
    return navigation.links(request, bar) if request and hasattr(request, "user") else []


@register.simple_tag(takes_context=True)
def page_links(context: Context, page: "Page[Any]", name: str = "page") -> dict[str, object]:
    """`{% page_links page as found %}`: addresses of the pages around this one, the other filters kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "previous": query(context, **{name: page.previous_page_number()}) if page.has_previous() else "",
        "next": query(context, **{name: page.next_page_number()}) if page.has_next() else "",
        "numbers": [
            {
                "label": number,
                "url": query(context, **{name: number}) if isinstance(number, int) else "",
                "current": number == page.number,
            }
            for number in numbers
        ],
    }


@register.simple_tag
def asset(name: str) -> str:
    """`{% asset "site.css" %}`: the built bundle, or the source before a build."""
    return assets.address(name)


@register.simple_tag
def site_name() -> str:
    """The name of the site where no request is at hand (plain.html)."""
    return settings.SITE_NAME


@register.simple_tag
def font_files() -> list[str]:
    """The fonts worth fetching before the stylesheet asks for them."""
    return assets.fonts()


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, str]]:
    """The languages this page can also be read in: code, own name, address of this very page."""
    request, current = context.get("request"), get_language()
    address = request.get_full_path() if request else "/"
    return [
        {"code": code, "name": get_language_info(code)["name_local"], "url": in_language(address, code)}
        for code, _name in settings.LANGUAGES
        if code != current
    ]
