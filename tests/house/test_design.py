"""The design holds: contrast of every pair of colours in both modes, one place for colours, sizes of what is sent."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from kmportal.core import assets

STATIC = Path(settings.BASE_DIR) / "static"
# cms.css belongs to Wagtail's own pages and speaks Wagtail's tokens.
SHEETS = sorted(sheet for sheet in (STATIC / "css").glob("*.css") if sheet.name != "cms.css")
MODULES = sorted((STATIC / "js").rglob("*.js"))
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
READING, SIGN = 4.5, 3.0
GROUNDS = ("page", "surface", "sunken")
PAIRS = [
    *((ink, ground, READING) for ink in ("ink", "ink-2", "ink-3", "khram", "tang", "rong-ink", "chad") for ground in GROUNDS),
    *((f"on-{part}", part, READING) for part in ("khram", "rong")),
    ("on-khram", "tang", READING),
    ("surface", "chad", READING),
    *((part, f"{part}-tint", READING) for part in ("khram", "tang", "chad")),
    ("rong-ink", "rong-tint", READING),
    *(("ink", f"{part}-tint", READING) for part in ("khram", "tang", "rong", "chad")),
    ("ink-3", "rong-tint", READING),
    ("ink-2", "chad-tint", READING),
    *((ink, leaf, READING) for ink in ("ink", "leaf-ink") for leaf in ("leaf", "leaf-2")),
    ("tang", "leaf-2", READING),
    ("khram", "leaf-2", READING),
    *((ink, "khram-deep", READING) for ink in ("on-deep", "on-deep-2", "on-deep-3", "live-deep")),
    ("on-rong", "on-deep-2", READING),
    ("on-rong", "paper", READING),
    ("chad", "leaf", SIGN),
    *(("edge", ground, SIGN) for ground in GROUNDS),
    *(("focus", ground, SIGN) for ground in (*GROUNDS, "leaf-2")),
    ("halo-deep", "khram-deep", SIGN),
    *((f"d{number}", "page", SIGN) for number in (1, 2, 3, 4)),
    ("ink", "q1", READING),
    ("q-mid", "q2", READING),
    *(("qt", f"q{number}", READING) for number in (3, 4, 5)),
]


def _block(start: str) -> dict[str, str]:
    body = TOKENS.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", body))


LIGHT = _block(":root {")
DEVICE_DARK = _block(':root:not([data-theme="light"]) {')
CHOSEN_DARK = _block(':root[data-theme="dark"] {')


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_both_dark_blocks_are_equal() -> None:
    assert DEVICE_DARK == CHOSEN_DARK
    assert len(DEVICE_DARK) > 30


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(ink: str, ground: str, least: float) -> None:
    dark = {**LIGHT, **DEVICE_DARK}
    assert contrast(LIGHT[ink], LIGHT[ground]) >= least
    assert contrast(dark[ink], dark[ground]) >= least


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name)
def test_colours_live_in_tokens_only(sheet: Path) -> None:
    code = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", code) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_stay_within_the_baseline_and_readable(sheet: Path) -> None:
    code = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    assert len(code.splitlines()) <= 300
    assert not re.search(
        r"light-dark\(|color-mix\(|^\s*&|text-align: justify|hyphens: auto|font-style: italic", code, re.MULTILINE
    )
    assert re.search(r"line-clamp", code) is None


def test_every_token_used_is_defined() -> None:
    code = "".join(COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in SHEETS)
    defined = set(re.findall(r"--([\w-]+):", code))
    assert {name for name, rest in re.findall(r"var\(--([\w-]+)(,?)", code) if not rest} - defined == set()


def test_the_entry_imports_every_sheet() -> None:
    """What only communities or contests show is bundled apart: the shared sheet is at its budget."""
    entries = {"site.css", "communities.css", "contest.css"}
    text = "".join((STATIC / "css" / entry).read_text(encoding="utf-8") for entry in sorted(entries))
    assert set(re.findall(r'url\("([\w-]+\.css)"\)', text)) == {s.name for s in SHEETS} - entries - {"styleguide.css"}


def test_the_stylesheet_is_small() -> None:
    """The sheets of communities, and those of contests, go to their pages alone, and are counted apart."""
    apart = {"communities.css", "pages-community.css", "pages-channel.css"}
    contest = {"contest.css", "pages-contest.css"}
    for names, most in (({sheet.name for sheet in SHEETS} - apart - contest, 18_000), (apart, 6_000), (contest, 3_000)):
        whole = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS if sheet.name in names)
        assert len(gzip.compress(whole.encode(), 9)) <= most


def test_the_reading_script_is_tiny() -> None:
    reading = [STATIC / "js" / "site.js", STATIC / "js" / "registry.js", *(STATIC / "js" / "controllers").glob("*.js")]
    assert len(gzip.compress(b"".join(module.read_bytes() for module in reading), 9)) <= 8_000


def test_the_icons_are_small_and_plain() -> None:
    sprite = (STATIC / "icons.svg").read_bytes()
    assert len(gzip.compress(sprite, 9)) <= 4_000
    assert not re.search(rb"style=|<script|on[a-z]+=|fill=|stroke=", sprite)
    assert len(assets.icons()) == len(set(assets.icons())) > 40


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_modules_make_no_markup_from_text(module: Path) -> None:
    code = module.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.style\b", code)
    assert len(code.splitlines()) <= 300


def test_the_lock_holds_no_download_addresses() -> None:
    lock = json.loads((Path(settings.BASE_DIR) / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


@pytest.mark.skipif(not assets.exists("vendor/site.css"), reason="the assets are not built: npm ci && node static/build.mjs")
def test_the_bundle_is_within_the_budget() -> None:
    css = (STATIC / "vendor" / "site.css").read_bytes()
    js = (STATIC / "vendor" / "site.js").read_bytes()
    fonts = [font.stat().st_size for font in (STATIC / "vendor" / "fonts").glob("*.woff2")]
    assert len(gzip.compress(css, 9)) <= 14_000
    assert len(gzip.compress(js, 9)) <= 4_000
    assert (len(fonts), sum(fonts) <= 70_000) == (6, True)
    assert b"@import" not in css
    assert all((STATIC / "vendor" / f"{name}.{way}").exists() for name in assets.BUNDLED for way in ("gz", "br"))
