"""/api/v1/search: the search page for programs. Read only, JSON only, within the reader's circles (docs/API.md)."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from kmportal.library import facets
from kmportal.people.models import Agency
from kmportal.retrieval import readers
from kmportal.retrieval.results import Found, Hit
from kmportal.search import answer, forms, limits
from kmportal.search.actions import log

Slugs = Mapping[str, str]


@require_safe
@vary_on_cookie
def search(request: HttpRequest) -> JsonResponse:
    """q is required; kind, category, agency, type, year narrow; sort, limit (1 to 50), offset. 400 with a message for nonsense."""
    agencies = facets.all_agencies()
    try:
        question, limit, offset = forms.read_strictly(request.GET, agencies)
    except forms.Nonsense as reason:
        return _json({"message": str(reason)}, status=400)
    found = answer.ask(question, readers.of(request.user), offset=offset, limit=limit)
    if question.q and offset == 0 and not question.chosen:
        log.note_search(actor=request.user, whose=limits.whose(request), query=question.q, found=found, now=timezone.now())
    return _json(as_json(request, question.q, found, agencies))


def as_json(request: HttpRequest, query: str, found: Found, agencies: Mapping[int, Agency]) -> dict[str, Any]:
    """The answer; agencies go by their short names."""
    slugs = {str(pk): agency.slug for pk, agency in agencies.items()}
    return {
        "query": query,
        "asked": found.asked or query,
        "instead": found.instead,
        "total": found.total,
        "capped": found.capped,
        "near": found.near,
        "facets": {name: _named(name, counts, slugs) for name, counts in found.facets.items()},
        "results": [_hit(request, hit, slugs) for hit in found.hits],
    }


def _named(name: str, counts: Mapping[str, int], slugs: Slugs) -> dict[str, int]:
    if name != "agency":
        return dict(counts)
    return {slugs[key]: count for key, count in counts.items() if key in slugs}


def _hit(request: HttpRequest, hit: Hit, slugs: Slugs) -> dict[str, Any]:
    tags: dict[str, list[str]] = {}
    for name, value in sorted(hit.tags):
        if name != "agency" or value in slugs:
            tags.setdefault(name, []).append(slugs[value] if name == "agency" else value)
    return {
        "id": hit.object_id,
        "kind": hit.kind,
        "title": hit.title,
        "place": hit.place,
        "snippet": plain(hit.snippet),
        "html": hit.snippet,
        "url": request.build_absolute_uri(hit.url),
        "dated": hit.dated and hit.dated.isoformat(),
        "score": round(hit.score, 4),
        "tags": tags,
    }


def plain(marked: str) -> str:
    """The words of a snippet. It holds <mark> and entities, nothing else."""
    return unescape(strip_tags(marked))


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
