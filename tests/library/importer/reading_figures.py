"""How well a draft agrees with what a reader finds in a summary."""

from dataclasses import dataclass, field

from kmportal.library.importer import candidate, coverage, parse, read_source
from kmportal.library.importer.text import bare
from tests.library.importer.summaries import Summary


@dataclass
class Figures:
    """wrong: one line for each thing that is not as a reader sees it; found: items found as, or as part of, an item."""

    wrong: list[str] = field(default_factory=list)
    found: int = 0
    kinds: int = 0


def figures(data: bytes, name: str, summary: Summary) -> Figures:
    """Read the file and compare."""
    source = read_source(data, name)
    draft = parse(source)
    got = candidate(draft)
    result = Figures([f"lost: {line.raw}" for line in coverage(source, draft)])
    for key in ("title", "start", "end"):
        if bare(got[key] or "") != bare(getattr(summary, key)):
            result.wrong.append(f"{key}: {got[key]}")
    if bare(summary.venue) not in bare(got["venue"] or ""):
        result.wrong.append(f"venue: {got['venue']}")
    for text, kinds in summary.items:
        hits = sorted((i for i in got["items"] if bare(text) in bare(i["text"])), key=lambda i: len(i["text"]))
        result.found += bool(hits)
        result.kinds += bool(hits) and hits[0]["kind"] in kinds.split()
    texts = {bare(i["text"]) for i in got["items"]}
    result.wrong += [f"heading as item: {h}" for h in summary.headings if bare(h) in texts]
    people = {(s["given"], s["family"]) for u in got["units"] for s in u["speakers"]}
    result.wrong += [f"speaker: {name}" for name in summary.speakers - people]
    agencies = [u["agency"] for u in got["units"]]
    result.wrong += [f"agency: {agency}" for agency in summary.agencies if agency not in agencies]
    if summary.units and len(got["units"]) != summary.units:
        result.wrong.append(f"units: {[u['title'] for u in got['units']]}")
    if len(got["sessions"]) != summary.sessions:
        result.wrong.append(f"sessions: {got['sessions']}")
    return result
