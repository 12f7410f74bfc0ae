"""Without words to look for: what the reader may see of the wanted kind, newest first."""

from django.db.models import F, QuerySet

from kmportal.retrieval import answers, candidates
from kmportal.retrieval.answers import Ranked
from kmportal.retrieval.models import Passage
from kmportal.retrieval.plan import Plan
from kmportal.retrieval.results import Found

# Passages that are looked through for objects and their counts.
MOST = 600


def page(rows: QuerySet[Passage], limit: int, offset: int) -> Found:
    """One page of the newest things; `capped` when there are more passages than are looked through."""
    order = (F("dated").desc(nulls_last=True), "content_type_id", "object_id", "chunk")
    # Ordered by their days alone: to carry the texts of all that may be read through the sorting costs more than the rest.
    first = rows.order_by(*order).values("pk")[: MOST + 1]
    wanted = Passage.objects.filter(pk__in=first).order_by(*order).values_list(*candidates.COLUMNS)
    found = [candidates.Row(*row) for row in wanted]
    objects: dict[tuple[int, int], list[candidates.Row]] = {}
    for row in found[:MOST]:
        objects.setdefault((row.content_type_id, row.object_id), []).append(row)
    ranked = sorted((Ranked(0.0, tuple(group)) for group in objects.values()), key=answers.newest_first)
    answer = answers.page(ranked, Plan(""), limit, offset)
    return Found(answer.hits, answer.total, capped=len(found) > MOST, facets=answer.facets)
