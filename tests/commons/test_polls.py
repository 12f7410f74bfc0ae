"""Polls: one vote each, anonymous ones without a trace, results when they may be seen."""

import multiprocessing
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from communities.commons.actions import polls as verbs
from communities.commons.actions.polls import Asked, Vote
from communities.commons.models import NamedChoice, NamedText, Poll, PollOption, PollQuestion, Voter
from communities.commons.presenting.polls import results, standing
from kmportal.people.models import User
from tests.make import commons as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
SURVEY = [
    Asked(kind="single", words="วันไหน", options=["จันทร์", "อังคาร", " "]),
    Asked(kind="multiple", words="เรื่องไหน", options=["ก", "ข", "ค"]),
    Asked(kind="scale", words="พอใจแค่ไหน"),
    Asked(kind="text", words="อยากบอกอะไร"),
]


def said(poll: Poll, *words: str, text: str = "") -> Vote:
    options = PollOption.objects.filter(question__poll=poll, words__in=words).values_list("pk", flat=True)
    written = poll.questions.filter(kind="text").values_list("pk", flat=True)
    return Vote(options=frozenset(options), texts=dict.fromkeys(written, text))


def vote(person: Any, poll: Poll, *words: str, text: str = "") -> None:
    verbs.vote(actor=person, poll=poll, said=said(poll, *words, text=text))


def figures(poll: Poll) -> dict[str, int]:
    return {bar.words: bar.votes for one in results(poll) for bar in one.bars}


def test_a_poll_is_opened_and_members_told(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague)
    poll = make.poll(officer, circle, questions=SURVEY)
    assert [question.options.count() for question in poll.questions.all()] == [2, 3, 5, 0]
    assert [make.told(person, "commons.poll_new") for person in (officer, colleague, outsider)] == [0, 1, 0]
    with pytest.raises(PermissionDenied):
        make.poll(colleague, circle)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"questions": []}, verbs.NoQuestion),
        ({"questions": [SURVEY[0]] * 11}, verbs.NoQuestion),
        ({"questions": [Asked(kind="single", words="?", options=["หนึ่ง"])]}, verbs.NoOptions),
        ({"questions": [Asked(kind="single", words="?", options=["หนึ่ง", "หนึ่ง"])]}, verbs.NoOptions),
        ({"closes_at": timezone.now()}, verbs.ClosesWrong),
        ({"closes_at": make.moment(400)}, verbs.ClosesWrong),
    ],
)
def test_what_makes_no_poll(officer: Any, words: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error), transaction.atomic():
        make.poll(officer, make.community(officer), **words)
    assert not Poll.objects.exists()


def test_anonymous_means_that_no_row_joins_a_person_to_a_vote(officer: Any, colleague: Any, agency_coordinator: Any) -> None:
    people = (officer, colleague, agency_coordinator)
    poll = make.poll(officer, make.community(*people), questions=SURVEY)
    for number, person in enumerate(people):
        vote(person, poll, "จันทร์", "ก", "ข", "4", text=f"ความเห็น {number}")

    assert (NamedChoice.objects.count(), NamedText.objects.count(), Voter.objects.count()) == (0, 0, 3)
    assert figures(poll) == {"จันทร์": 3, "อังคาร": 0, "ก": 3, "ข": 3, "ค": 0, "1": 0, "2": 0, "3": 0, "4": 3, "5": 0}
    assert sorted(poll.questions.get(kind="text").texts) == ["ความเห็น 0", "ความเห็น 1", "ความเห็น 2"]
    # What is stored of a voter: a random key, the poll, the person. Nothing else points to them, and no column holds a time.
    assert {field.name for field in Voter._meta.get_fields()} == {"id", "poll", "user", "choices", "texts"}
    assert all(voter.pk.version == 4 for voter in Voter.objects.all())
    for model in (PollQuestion, PollOption):
        assert not {"user", "voter", "author"} & {
            column.name for column in connection.introspection.get_table_description(connection.cursor(), model._meta.db_table)
        }


def test_texts_are_shuffled(officer: Any) -> None:
    people = [make_user(f"voice{number}@agency-a.example") for number in range(12)]
    poll = make.poll(officer, make.community(officer, *people), questions=[SURVEY[3]])
    for number, person in enumerate(people):
        vote(person, poll, text=f"{number:02}")
    texts = poll.questions.get().texts
    # One in 479,001,600 shuffles ends in order.
    assert (sorted(texts) == [f"{number:02}" for number in range(12)], texts == sorted(texts)) == (True, False)


def test_an_anonymous_vote_is_for_good(officer: Any) -> None:
    poll = make.poll(officer, make.community(officer))
    vote(officer, poll, "จันทร์")
    with pytest.raises(verbs.AlreadyVoted):
        vote(officer, poll, "อังคาร")
    assert (figures(poll), Voter.objects.count()) == ({"จันทร์": 1, "อังคาร": 0}, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voter.objects.create(poll=poll, user=officer)


def test_a_named_vote_can_be_changed_until_it_closes(officer: Any, colleague: Any) -> None:
    poll = make.poll(officer, make.community(officer, colleague), anonymous=False, questions=[SURVEY[1], SURVEY[3]])
    vote(colleague, poll, "ก", "ข", text="แรก")
    vote(colleague, poll, "ค", text="ใหม่")
    found = results(poll)
    assert [(bar.words, bar.names) for bar in found[0].bars] == [("ก", []), ("ข", []), ("ค", [str(colleague)])]
    assert (found[1].texts, Voter.objects.count()) == ([("ใหม่", str(colleague))], 1)
    verbs.close_poll(actor=officer, poll=poll)
    with pytest.raises(verbs.Closed):
        vote(colleague, poll, "ก")
    with pytest.raises(verbs.Closed):
        verbs.close_poll(actor=officer, poll=poll)


def test_bad_votes_change_nothing(officer: Any, colleague: Any, outsider: Any) -> None:
    circle = make.community(officer, colleague)
    poll, other = make.poll(officer, circle), make.poll(officer, circle, questions=[SURVEY[1]])
    for words in ((), ("จันทร์", "อังคาร")):
        with pytest.raises(verbs.NothingChosen):
            vote(officer, poll, *words)
    with pytest.raises(verbs.NothingChosen):
        verbs.vote(actor=officer, poll=poll, said=said(other, "ก"))
    with pytest.raises(Poll.DoesNotExist):
        vote(outsider, poll, "จันทร์")
    Poll.objects.update(closes_at=timezone.now())
    with pytest.raises(verbs.Closed):
        vote(officer, poll, "จันทร์")
    assert (Voter.objects.count(), sum(figures(poll).values())) == (0, 0)


def test_results_of_few_votes_stay_hidden_open_or_closed(officer: Any, colleague: Any, agency_coordinator: Any) -> None:
    """Closed after a single vote, an anonymous poll would tell that vote."""
    people = (officer, colleague, agency_coordinator, make_user("d@agency-a.example"), make_user("e@agency-a.example"))
    poll = make.poll(officer, make.community(*people))
    late = make.poll(officer, poll.community, shown="closed")
    named = make.poll(officer, poll.community, anonymous=False)
    early = make.poll(officer, poll.community)
    vote(officer, early, "จันทร์")
    verbs.close_poll(actor=officer, poll=early)
    stands = standing(make.fresh(early), officer, timezone.now())
    assert (stands.shows, stands.too_few) == (False, True)
    shows = []
    for person in people:
        for one in (poll, late, named):
            vote(person, one, "จันทร์")
        shows.append(tuple(standing(one, officer, timezone.now()).shows for one in (poll, late, named)))
    assert shows == [(False, False, True)] * 4 + [(True, False, True)]
    assert not standing(named, make_user("new@agency-a.example"), timezone.now()).shows
    verbs.close_poll(actor=officer, poll=late)
    assert standing(make.fresh(late), colleague, timezone.now()).shows


def _vote(job: tuple[int, int]) -> str:
    person, key = job
    poll = Poll.objects.get(pk=key)
    try:
        vote(User.objects.get(pk=person), poll, "จันทร์")
    except verbs.AlreadyVoted:
        return "again"
    return "once"


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_one_vote(officer: Any, colleague: Any) -> None:
    poll = make.poll(officer, make.community(officer, colleague))
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(3) as pool:
        said = pool.map(_vote, [(person.pk, poll.pk) for person in (officer, colleague) for _again in range(4)], chunksize=1)
    assert (sorted(said), figures(poll), Voter.objects.count()) == (["again"] * 6 + ["once"] * 2, {"จันทร์": 2, "อังคาร": 0}, 2)


def test_asked_and_answered_by_forms(officer: Any, colleague: Any, as_: Any) -> None:
    circle, day = make.community(officer, colleague), make.day(5)
    address = f"/communities/{circle.slug}/polls/"
    data = {
        "title": "สำรวจสั้น ๆ", "until": f"{day.day}/{day.month}/{day.year + 543}", "signed": "unnamed", "shown": "voted",
        "q-TOTAL_FORMS": "2", "q-INITIAL_FORMS": "0", "q-0-words": "วันไหน", "q-0-kind": "single", "q-0-options": "จันทร์\r\nอังคาร",
        "q-1-words": "อยากบอกอะไร", "q-1-kind": "text",
    }  # fmt: skip
    more = as_(officer).post(f"{address}new/", {**data, "more": "1"}).content.decode()
    assert ('name="q-2-words"' in more, "จันทร์" in more, Poll.objects.count()) == (True, True, 0)
    assert as_(officer).post(f"{address}new/", {**data, "q-0-options": "เดียว"}).status_code == 422
    assert as_(officer).post(f"{address}new/", data).status_code == 302

    poll = Poll.objects.get()
    choice, text = poll.questions.all()
    here, option = poll.get_absolute_url(), choice.options.order_by("pk")[0]
    assert as_(colleague).post(here, {f"q{choice.pk}": "x"}).status_code == 422
    assert as_(colleague).post(here, {f"q{choice.pk}": option.pk, f"q{text.pk}": "ดี"}).status_code == 302
    assert as_(colleague).post(here, {f"q{choice.pk}": option.pk}).status_code == 422
    assert (PollOption.objects.get(pk=option.pk).votes, PollQuestion.objects.get(pk=text.pk).texts) == (1, ["ดี"])


def test_taken_away_and_brought_back(officer: Any, colleague: Any, as_: Any) -> None:
    here = make.poll(officer, make.community(officer, colleague)).get_absolute_url()
    assert as_(colleague).post(f"{here}delete/").status_code == 403
    assert as_(officer).post(f"{here}delete/").status_code == 302
    assert as_(colleague).get(here).status_code == 404
    assert as_(officer).post(f"{here}restore/").status_code == 302
    assert as_(colleague).get(here).status_code == 200
