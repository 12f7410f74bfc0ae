"""The figures of a contest, from which an outsider can recompute every total: JSON whole, and the same in tables. No names of judges or voters.

docs/recompute_contest.py reads it without this portal. docs/CONTEST.md states the method and says what each field means.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from typing import Any

from kmportal.contest import counting
from kmportal.contest.actions.judging_ground import numbers
from kmportal.contest.models import Assignment, Contest, Recusal, ResultVersion, Vote
from kmportal.contest.presenting.panel import draws
from kmportal.core.spreadsheet import harmless_text

FORMAT = "kmportal-contest-1"
# A byte order mark, without which Excel takes Thai letters for others.
MARK = "\ufeff"
FORMULA = (
    "popular = 100 * votes / most votes of an entry of the category; total = (judged * (100 - popular_share) + popular * popular_share) "
    "/ 100, judged alone where no share is set; ties by the criteria, the heaviest first, then shared"
)


def figures(version: ResultVersion) -> dict[str, Any]:
    """All of it, as plain JSON."""
    contest = version.contest
    judges = numbers(contest)
    entries = {one.pk: one for one in contest.entries.handed_in().order_by("code")}
    codes = {key: one.code for key, one in entries.items()}
    return {
        "format": FORMAT,
        "formula": FORMULA,
        "contest": {
            "address": contest.slug, "year": contest.year, "title": contest.title_th, "judges_per_entry": contest.judges_per_entry,
            "popular_share": version.method["popular_share"], "normalisation": version.method["normalisation"],
        },
        "version": {"number": version.number, "reason": version.reason, "computed": _moment(version.computed_at)},
        "versions": [[one.number, one.reason, _moment(one.published_at)] for one in contest.results.order_by("number")],
        "draw": {"seed": contest.seed, "acts": [one.data for one in draws(contest)]},
        "categories": [{"key": one.pk, "title": one.title_th} for one in contest.categories.all()],
        "criteria": [
            {"key": key, "weight": weight, "most": most, "title": title}
            for (key, weight, most), title in zip(
                version.method["criteria"], contest.criteria.values_list("title_th", flat=True), strict=False
            )
        ],
        "entries": [
            {
                "code": one.code, "category": one.category_id, "state": one.state, "calibration": one.is_calibration,
                "left_out": version.method["left_out"].get(str(one.pk), ""),
            }
            for one in entries.values()
        ],
        "assignments": _assignments(contest, judges, codes),
        "recusals": _recusals(contest, judges, codes),
        "scores": _scores(contest, judges, codes),
        "votes": _votes(contest, codes),
        "results": _results(version, codes),
    }  # fmt: skip


def _moment(at: Any) -> str:
    return at.isoformat() if at else ""


def _assignments(contest: Contest, judges: dict[int, str], codes: dict[int, str]) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(judge__contest=contest).values_list("judge", "entry", "how", "state")
    found = [
        {"judge": judges[judge], "entry": codes[entry], "how": how, "state": state}
        for judge, entry, how, state in rows
        if entry in codes
    ]
    return sorted(found, key=lambda one: (one["judge"], one["entry"]))


def _recusals(contest: Contest, judges: dict[int, str], codes: dict[int, str]) -> list[dict[str, Any]]:
    rows = Recusal.objects.filter(judge__contest=contest).values_list("judge", "entry", "why")
    found = [{"judge": judges[judge], "entry": codes[entry], "why": why} for judge, entry, why in rows if entry in codes]
    return sorted(found, key=lambda one: (one["judge"], one["entry"], one["why"]))


def _scores(contest: Contest, judges: dict[int, str], codes: dict[int, str]) -> list[dict[str, Any]]:
    """Whole sheets alone: what counts."""
    found = [
        {"judge": judges[int(str(one.judge))], "entry": codes[int(str(one.entry))], "criterion": key, "points": points}
        for one in counting.sheets_of(contest)
        for key, points in one.points.items()
    ]
    return sorted(found, key=lambda one: (one["judge"], one["entry"], one["criterion"]))


def _votes(contest: Contest, codes: dict[int, str]) -> list[dict[str, Any]]:
    """Counts, never who."""
    kept = counting.votes_of(contest)
    aside = Vote.objects.filter(category__contest=contest, set_aside_at__isnull=False)
    gone = Counter(aside.values_list("entry", flat=True))
    return [{"entry": code, "votes": kept[key], "set_aside": gone[key]} for key, code in codes.items() if kept[key] or gone[key]]


def _results(version: ResultVersion, codes: dict[int, str]) -> list[dict[str, Any]]:
    rows = version.rows.order_by("category", "place", "entry__code")
    return [
        {
            "entry": codes[one.entry_id], "judged": _number(one.judged), "popular": _number(one.popular),
            "total": _number(one.total), "votes": one.votes, "place": one.place, "overall": one.detail["overall"],
            "popular_place": one.popular_place, "tie": one.tie_rule,
        }
        for one in rows
    ]  # fmt: skip


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:.4f}"


def packed(version: ResultVersion) -> bytes:
    """The ZIP: contest.json, and each list of it as a table."""
    whole = figures(version)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("contest.json", json.dumps(whole, ensure_ascii=False, indent=1))
        for name in ("categories", "criteria", "entries", "assignments", "recusals", "scores", "votes", "results"):
            archive.writestr(f"{name}.csv", _table(whole[name]))
    return out.getvalue()


def _table(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([harmless_text(value) if isinstance(value, str) else value for value in row.values()])
    return MARK + out.getvalue()
