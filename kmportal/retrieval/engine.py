"""Finding: candidates from the database, one ranking, an answer by object. Every row that is read is one that the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from kmportal.retrieval import answers, candidates, counts, didyoumean, narrowing, newest, plan, semantic, suggesting, synonyms
from kmportal.retrieval.counts import Counts
from kmportal.retrieval.keyboard import other_layout
from kmportal.retrieval.models import Passage
from kmportal.retrieval.narrowing import Tag
from kmportal.retrieval.plan import Plan
from kmportal.retrieval.ranking import Ranking, Scored
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.results import Found, Hit, Match, Matches

suggest = suggesting.suggest

BEST, NEWEST = "best", "newest"
# Passages that are ranked at most; deeper pages raise it, to a limit.
CANDIDATES, DEEPEST = 60, 600
# When the words of the best passages hold less of the query than this, spelling is doubted and grams are asked too.
DOUBT = 0.65
# From so many telling words on a query is a sentence: its weightiest words alone may miss what its letters together find.
SENTENCE = 3
# Below this part of the best score a passage only shares common words with the query.
WEAK = 0.3
# When the best passages hold less than this of the query, by words, by letters or by meaning, nothing answers it: what there is, is only near.
NEAR = 0.4
# What an answer to a better spelling counts, against 1 for one to what was typed.
MEANT = 0.8
# A text of which something similar is looked for may be longer than a query.
TEXT = 600


@dataclass(frozen=True)
class Answer:
    """What was ranked for a query: passages with their scores, and how well the best one fits, at all and by its letters alone.

    `guessed` says that the query is not as typed: one guess is enough, its spelling is not doubted too. `instead` is a better spelling,
    by which it was looked for as well.
    """

    plan: Plan
    scored: list[Scored]
    known: Counts
    capped: bool = False
    fit: float = 0.0
    literal: float = 0.0
    guessed: bool = False
    instead: str = ""


def find(
    query: str,
    readers: Readers,
    *,
    kinds: Iterable[str] = (),
    tags: Iterable[Tag] = (),
    year: int | None = None,
    limit: int = 20,
    offset: int = 0,
    sort: str = BEST,
) -> Found:
    """What answers the query, of what the reader may see.

    Args:
        query: as typed; anything is allowed, and what is too long is cut.
        readers: the audiences of the reader (`readers.of(user)`).
        kinds: only these kinds of things.
        tags: pairs of name and value; values of one name widen, names narrow.
        year: of the Buddhist or the common era.
        sort: "best" or "newest". Without a query the newest come first either way.
    """
    rows = narrowing.passages(readers, kinds=kinds, tags=tags, year=year)
    depth = min(max(CANDIDATES, offset + limit + 1), DEEPEST)
    asked = plan.make(query)
    if not asked:
        return newest.page(rows, limit, offset) if not asked.query else Found([], 0, asked=asked.query)
    answer = _meant(asked, readers, rows, depth)
    objects = answers.grouped(_strong(answer.scored))
    if sort == NEWEST:
        objects.sort(key=answers.newest_first)
    found = answers.page(objects, answer.plan, limit, offset, answer.instead)
    return replace(found, capped=answer.capped, near=bool(objects) and answer.fit < NEAR, instead=answer.instead)


def matches(query: str, readers: Readers, *, kinds: Iterable[str] = ()) -> Matches:
    """Which things answer the query, best first, for lists that narrow, count and print their own rows: no counts, no marks.

    Ranks as deep as `find` ever does, so that what a list narrows afterwards is not only its first page.
    """
    asked = plan.make(query)
    if not asked:
        return Matches(asked=asked.query)
    answer = _meant(asked, readers, narrowing.passages(readers, kinds=kinds), DEEPEST)
    return Matches(
        found=[Match(each.best.kind, each.best.object_id, each.best.body) for each in answers.grouped(_strong(answer.scored))],
        asked=answer.plan.query,
        marked=answers.marked(answer.plan, answer.instead),
        instead=answer.instead,
        capped=answer.capped,
        near=answer.fit < NEAR,
    )


def similar(
    text: str, readers: Readers, *, kinds: Iterable[str] = (), limit: int = 5, exclude: tuple[str, int] | None = None
) -> list[Hit]:
    """What says much the same as a text: questions asked before, items that were filed twice.

    Args:
        exclude: kind and number of the thing that the text is of.
    """
    answer = _like(text, readers, kinds, exclude)
    return answers.page(answers.grouped(_strong(answer.scored)), answer.plan, limit, 0).hits if answer else []


def alike(
    text: str, readers: Readers, *, kinds: Iterable[str] = (), limit: int = 5, exclude: tuple[str, int] | None = None
) -> list[Match]:
    """The same as `similar`, for lists that print their own rows: no tags, no marks."""
    answer = _like(text, readers, kinds, exclude)
    found = answers.grouped(_strong(answer.scored))[:limit] if answer else []
    return [Match(each.best.kind, each.best.object_id, each.best.body) for each in found]


def _like(text: str, readers: Readers, kinds: Iterable[str], exclude: tuple[str, int] | None) -> Answer | None:
    rows = narrowing.passages(readers, kinds=kinds)
    if exclude:
        rows = rows.exclude(kind=exclude[0], object_id=exclude[1])
    asked = plan.make(text, TEXT)
    return _answer(asked, readers, rows, CANDIDATES // 2, both=True) if asked else None


def _instead(answer: Answer, readers: Readers) -> str:
    """A spelling that finds more, offered only when words of the query are unknown."""
    if answer.guessed or all(word in answer.known.words for word in answer.plan.content):
        return ""
    return didyoumean.better(answer.plan, answer.known, _best(answer.scored, didyoumean.PASSAGES), readers)


def _meant(asked: Plan, readers: Readers, rows: QuerySet[Passage], depth: int) -> Answer:
    """The answer to what was asked, or to what was probably meant."""
    answer = _with_other_layout(asked, readers, rows, depth)
    instead = _instead(answer, readers)
    return _with_better_spelling(answer, instead, readers, rows, depth) if instead else answer


def _with_better_spelling(answer: Answer, instead: str, readers: Readers, rows: QuerySet[Passage], depth: int) -> Answer:
    """The answer together with that to a better spelling; a passage counts by the spelling that suits it better."""
    asked = synonyms.table().expand(plan.make(instead))
    known = counts.of(readers, [*asked.words, *asked.others], asked.grams)
    best = {each.row: each.score for each in answer.scored}
    likely = {*_best(answer.scored, CANDIDATES // 2), *candidates.by_words(asked, known, rows, depth // 2)}
    for each in Ranking(asked, known).score(likely):
        best[each.row] = max(best.get(each.row, 0.0), MEANT * each.score)
    scored = [Scored(score, row) for row, score in best.items()]
    return replace(answer, plan=replace(answer.plan, phrases=asked.phrases), scored=scored, instead=instead)


def _with_other_layout(asked: Plan, readers: Readers, rows: QuerySet[Passage], depth: int) -> Answer:
    """The answer, or the one to what the same keys type in the other layout, if that is plainly what was meant."""
    answer = _answer(asked, readers, rows, depth)
    # Meaning is no judge of keys: a model finds something near to any row of letters.
    if answer.literal >= NEAR or not (typed := other_layout(answer.plan.query)):
        return answer
    other = plan.make(typed)
    meant = _answer(other, readers, rows, depth) if other else answer
    unheard = not (answer.known.words or answer.known.grams) and bool(meant.known.words or meant.known.grams)
    fits = unheard or meant.literal >= max(NEAR, 2 * answer.literal)
    return replace(meant, guessed=True) if fits else answer


def _answer(asked: Plan, readers: Readers, rows: QuerySet[Passage], depth: int, *, both: bool = False) -> Answer:
    asked = synonyms.table().expand(asked)
    known = counts.of(readers, [*asked.words, *asked.others], asked.grams)
    ranking = Ranking(asked, known)
    found = candidates.by_words(asked, known, rows, depth)
    scored = ranking.score(found)
    capped = len(found) >= depth
    doubtful = both or ranking.coverage(_best(scored, 5)) < DOUBT
    if doubtful or len(asked.content) >= SENTENCE:
        seen = {row.id for row in found}
        more = candidates.by_grams(asked, known, rows, depth)
        scored += ranking.score(row for row in more if row.id not in seen)
        capped = capped or (doubtful and len(more) >= depth)
    best = _best(scored, 5)
    literal = fit = max(ranking.coverage(best), ranking.likeness(best))
    if semantic.is_on():
        scored, nearest = _with_meaning(asked, ranking, scored, readers, rows)
        fit = max(fit, nearest)
    return Answer(asked, scored, known, capped, fit, literal)


def _with_meaning(
    asked: Plan, ranking: Ranking, scored: list[Scored], readers: Readers, rows: QuerySet[Passage]
) -> tuple[list[Scored], float]:
    """The passages with what nearness of meaning adds, and the nearest ones that share no word; how near the nearest is."""
    near = semantic.nearness(asked.query, narrowing.passages(readers))
    if near is None:
        return scored, 0.0
    seen = {each.row.id for each in scored}
    wanted = [passage for passage in near.nearest(semantic.NEAREST) if passage not in seen]
    scored = scored + ranking.score(candidates.named(wanted, rows))
    share = semantic.share(asked)
    nearness = {each.row.id: near.of(each.row.id) for each in scored}
    return [Scored(each.score + share * nearness[each.row.id], each.row) for each in scored], max(nearness.values(), default=0.0)


def _best(scored: list[Scored], most: int) -> list[candidates.Row]:
    return [each.row for each in sorted(scored, key=lambda each: (-each.score, -each.row.id))[:most]]


def _strong(scored: list[Scored]) -> list[Scored]:
    best = max((each.score for each in scored), default=0.0)
    return [each for each in scored if each.score > 0 and each.score >= WEAK * best]
