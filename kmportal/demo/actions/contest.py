"""A contest that is open for entries: one is handed in, one is being written."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from PIL import Image, ImageDraw

from kmportal.contest import clock
from kmportal.contest.actions import announcing, entering, parts, setting_up
from kmportal.contest.models import Contest
from kmportal.demo.content import read
from kmportal.people.models import User

# Days from today to each date: entries opened two weeks ago and close in three.
DAYS = {
    "announce_at": -15, "enter_from": -14, "enter_until": 21, "screen_until": 26, "judge_until": 47, "vote_from": 33,
    "vote_until": 47, "results_at": 54,
}  # fmt: skip
WORDS = ("title_en", "lead_th", "lead_en", "story_th", "story_en", "rules_th", "rules_en")
EVENING = 16


def open_contest(*, say: Callable[[str], None] = lambda words: None) -> None:
    """Through the verbs, as of the days when it would have been done; what is there stays."""
    words = read("contest")
    organiser = User.objects.filter(email=words["organiser"]).first()
    if organiser is None or Contest.objects.filter(title_th=words["title_th"]).exists():
        return
    say("a contest")
    today = timezone.localtime().replace(hour=EVENING, minute=30, second=0, microsecond=0)
    with transaction.atomic(), translation.override("th"):
        with clock.as_of(today + timedelta(days=DAYS["announce_at"])):
            contest = _set_up(organiser, words, today)
        for number, entry in enumerate(words["entries"]):
            with clock.as_of(today - timedelta(days=5 + number)):
                _enter(contest, entry)


def _set_up(organiser: User, words: dict[str, Any], today: datetime) -> Contest:
    made = setting_up.make_contest(actor=organiser, year=today.year, title_th=words["title_th"])
    values = {name: words[name] for name in WORDS} | {name: today + timedelta(days=days) for name, days in DAYS.items()}
    values |= {"popular_share": 20, "for_persons": False, "judges_per_entry": 3}
    setting_up.change_contest(actor=organiser, contest=made.pk, values=values)
    for one in words["categories"]:
        parts.save_category(actor=organiser, contest=made.pk, values=one)
    for one in words["criteria"]:
        levels = [(points, thai, english) for points, (thai, english) in enumerate(one["levels"], 1)]
        named = {name: one[name] for name in ("title_th", "title_en", "weight")}
        parts.save_criterion(actor=organiser, contest=made.pk, values=named, levels=levels)
    for one in words["prizes"]:
        parts.save_prize(actor=organiser, contest=made.pk, values=one)
    cover = corner(3)
    setting_up.set_cover(actor=organiser, contest=made.pk, file=cover, size=len(cover.getvalue()))
    alt = {"cover_alt": "ภาพวาดชั้นหนังสือกับป้ายความรู้ที่มุมห้อง"}
    setting_up.change_contest(actor=organiser, contest=made.pk, values=alt)
    return announcing.announce(actor=organiser, contest=made.pk)


def _enter(contest: Contest, words: dict[str, Any]) -> None:
    owner = User.objects.filter(email=words["owner"]).first()
    if owner is None:
        return
    made = entering.begin(actor=owner, contest=contest, kind="unit")
    category = list(contest.categories.all())[words["category"]]
    entering.change(actor=owner, entry=made.pk, values={**words["words"], "category": category})
    photo = corner(made.pk)
    entering.add_picture(actor=owner, entry=made.pk, file=photo, size=len(photo.getvalue()), alt=words["alt"])
    if words["handed_in"]:
        entering.hand_in(actor=owner, entry=made.pk)


def corner(seed: int) -> io.BytesIO:
    """A drawn shelf of folders under a board: no photograph of anybody's office is needed to show how it looks."""
    picture = Image.new("RGB", (1200, 800), "#f3ead8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 640, 1200, 800), fill="#b98d5e")
    pen.rectangle((180, 90, 1020, 330), fill="#1f4d46", outline="#8a5a2b", width=14)
    for line in range(3):
        pen.line((230, 150 + line * 55, 700 + (seed * 83 + line * 131) % 260, 150 + line * 55), fill="#e9f2ea", width=9)
    colours = ("#23407a", "#b3391f", "#d9a521", "#2f7d4f", "#6b4a8e")
    left = 210
    for number in range(14):
        width, height = 34 + (seed + number * 7) % 22, 150 + (seed * 3 + number * 31) % 70
        pen.rectangle(
            (left, 600 - height, left + width, 600), fill=colours[(seed + number) % len(colours)], outline="#2b2118", width=3
        )
        left += width + 8
    pen.rectangle((160, 600, 1040, 630), fill="#8a5a2b")
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out
