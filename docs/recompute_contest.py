"""Recomputes every total and place of a contest from its exported figures, and says whether they are equal to what was published.

    python3 recompute_contest.py contest-figures.zip

Needs nothing but Python: no part of the portal is used here, so the arithmetic of CONTEST.md stands here a second time, written on its own.
"""

import json
import sys
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

FORMAT = "kmportal-contest-1"


def read(path: Path) -> dict[str, Any]:
    """The figures, out of the ZIP or the JSON alone.

    Raises:
        ValueError: of another format.
    """
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read("contest.json"))
    else:
        found = json.loads(path.read_text(encoding="utf-8"))
    if found.get("format") != FORMAT:
        raise ValueError(f"not the figures of a contest in the format {FORMAT}")
    return dict(found)


def strictness(cells: dict[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    """By how much each judge lies above the others, in one criterion: least squares of value = entry + judge, exactly.

    Judges linked by entries that both judged are solved together; in each such group the effects, counted by sheets, sum to nothing.
    """
    found: dict[str, Fraction] = {}
    for group in linked(cells):
        found |= solved(sorted(group), {pair: value for pair, value in cells.items() if pair[1] in group})
    return found


def linked(cells: dict[tuple[str, str], Fraction]) -> list[set[str]]:
    groups: list[set[str]] = []
    for entry in {pair[0] for pair in cells}:
        together = {judge for other, judge in cells if other == entry}
        for group in [one for one in groups if one & together]:
            together |= group
            groups.remove(group)
        groups.append(together)
    return groups


def solved(judges: list[str], cells: dict[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    """Each judge's normal equation with the entries taken out; the last is replaced by the one that fixes the zero."""
    size = len(judges)
    entries: dict[str, dict[str, Fraction]] = {}
    for (entry, judge), value in cells.items():
        entries.setdefault(entry, {})[judge] = value
    table = [[Fraction(0)] * (size + 1) for _judge in judges]
    for row in entries.values():
        mean = sum(row.values(), Fraction(0)) / len(row)
        for judge, value in row.items():
            line = table[judges.index(judge)]
            line[judges.index(judge)] += 1
            for beside in row:
                line[judges.index(beside)] -= Fraction(1, len(row))
            line[size] += value - mean
    table[-1] = [Fraction(sum(judge == other for _entry, other in cells)) for judge in judges] + [Fraction(0)]
    for column in range(size):
        best = next(at for at in range(column, size) if table[at][column] != 0)
        table[column], table[best] = table[best], table[column]
        table[column] = [value / table[column][column] for value in table[column]]
        for at in range(size):
            if at != column:
                table[at] = [a - table[at][column] * b for a, b in zip(table[at], table[column], strict=True)]
    return {judge: table[at][size] for at, judge in enumerate(judges)}


def judged(figures: dict[str, Any]) -> dict[str, dict[int, Fraction]]:
    """For each entry the mean of what judges gave, of 100, by criterion, with strictness taken out where the contest does so."""
    found: dict[str, dict[int, Fraction]] = {}
    for criterion in figures["criteria"]:
        key, most = criterion["key"], criterion["most"]
        cells = {
            (one["entry"], one["judge"]): Fraction(100 * one["points"], most) if most else Fraction(0)
            for one in figures["scores"]
            if one["criterion"] == key
        }
        shift = strictness(cells) if figures["contest"]["normalisation"] != "none" else {}
        for entry in {pair[0] for pair in cells}:
            mine = [value - shift.get(judge, Fraction(0)) for (other, judge), value in cells.items() if other == entry]
            found.setdefault(entry, {})[key] = sum(mine, Fraction(0)) / len(mine)
    return found


def recomputed(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By code of the entry: judged, popular, total, place, overall, popular_place."""
    criteria, share = figures["criteria"], figures["contest"]["popular_share"]
    votes = {one["entry"]: one["votes"] for one in figures["votes"]}
    entries = [one for one in figures["entries"] if one["state"] == "accepted" and not one["calibration"]]
    means, whole = judged(figures), sum(one["weight"] for one in criteria)
    heaviest = sorted(criteria, key=lambda one: -one["weight"])
    found: dict[str, dict[str, Any]] = {}
    for one in entries:
        code, given = one["code"], votes.get(one["code"], 0)
        most = max(votes.get(other["code"], 0) for other in entries if other["category"] == one["category"])
        popular = Fraction(100 * given, most) if most else Fraction(0)
        row: dict[str, Any] = {"category": one["category"], "votes": given, "popular": popular, "judged": None, "total": None}
        row["standing"] = given > 0 and not one["left_out"]
        if code in means:
            row["judged"] = sum((means[code][c["key"]] * c["weight"] for c in criteria), Fraction(0)) / whole
            if not one["left_out"]:
                row["total"] = (row["judged"] * (100 - share) + popular * share) / 100
                row["key"] = (row["total"], *(means[code][c["key"]] for c in heaviest))
        found[code] = row
    for row in found.values():
        placed = [other for other in found.values() if other["total"] is not None]
        near = [other for other in placed if other["category"] == row["category"]]
        row["place"] = 1 + sum(other["key"] > row["key"] for other in near) if row["total"] is not None else None
        row["overall"] = 1 + sum(other["key"] > row["key"] for other in placed) if row["total"] is not None else None
        liked = [other for other in found.values() if other["standing"] and other["category"] == row["category"]]
        row["popular_place"] = 1 + sum(other["votes"] > row["votes"] for other in liked) if row["standing"] else None
    return found


def shown(value: Any) -> Any:
    """As it was published: four places, halves away from zero."""
    if not isinstance(value, Fraction):
        return value
    exact = value * 10_000
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{whole.quantize(Decimal(1), ROUND_HALF_UP) / 10_000:.4f}"


def compare(figures: dict[str, Any]) -> list[str]:
    """A line for each number that differs; none if all are equal."""
    own, lines = recomputed(figures), []
    published = {one["entry"]: one for one in figures["results"]}
    for code in sorted(own.keys() | published.keys()):
        if code not in own or code not in published:
            lines.append(f"{code}: stands in one of the two alone")
            continue
        for name in ("judged", "popular", "total", "votes", "place", "overall", "popular_place"):
            mine, theirs = shown(own[code][name]), published[code][name]
            if mine != theirs:
                lines.append(f"{code}: {name} is {mine}, published {theirs}")
    return lines


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write("usage: recompute_contest.py FIGURES.zip\n")
        return 2
    figures = read(Path(arguments[1]))
    differences = compare(figures)
    for line in differences:
        sys.stdout.write(line + "\n")
    sys.stdout.write("different\n" if differences else f"equal: {len(figures['results'])} entries\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
