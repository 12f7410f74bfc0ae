"""What somebody tries who means harm, or only presses strange buttons: each refused, and nothing changed."""

from typing import Any

import pytest

from kmportal.people.models import Person
from qa import rules
from qa.actions import closing, editing
from qa.models import Mention, SavedFilter
from rewards.models import Thanks
from tests.make import qa as make
from tests.make import shop
from tests.make.cases import decided, flagged
from tests.make.people import make_user

pytestmark = pytest.mark.django_db
HUGE = "9" * 25


def test_moderators_do_not_bring_back_their_own_post_that_others_hid(as_: Any, officer: Any, outsider: Any) -> None:
    first, second = make.moderator(), make.moderator()
    for post in (make.answer(make.ask(officer), first), make.ask(first)):
        decided(flagged(post, outsider), second)
        address = f"/qa/{post._meta.model_name}/{post.pk}/restore/"

        assert as_(first).post(address).status_code == 404
        assert make.fresh(post).is_deleted
        assert as_(second).post(address).status_code == 302
        assert not make.fresh(post).is_deleted


def test_comments_go_out_of_sight_with_their_answer(as_: Any, officer: Any, outsider: Any, colleague: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    below = make.comment(reply, colleague)
    address = f"/qa/comment/{below.pk}/history/"
    assert as_(officer).get(address).status_code == 200

    closing.delete(actor=outsider, post=reply)
    assert as_(officer).get(address).status_code == 404
    closing.restore(actor=outsider, post=reply)
    assert as_(officer).get(address).status_code == 200


@pytest.mark.parametrize("link", ["HTTPS://a.example", " http://a.example", "//a.example", "https:a.example"])
def test_links_count_however_they_are_written(officer: Any, settings: Any, link: str) -> None:
    settings.NEWCOMER_DAYS = 7
    before = make.rows()
    with pytest.raises(rules.OverTheLimit):
        make.ask(officer, body=f'<p><a href="{link}">ก</a></p>' * 3)
    assert make.rows() == before


def test_changes_name_no_more_people_than_one_text_may(officer: Any) -> None:
    people = [make_user(f"named-{number}@agency-b.example") for number in range(12)]
    handles = [Person.objects.get(user=one).handle for one in people]
    links = [f'<a href="/people/{handle}/">@x</a>' for handle in handles]
    question = make.ask(officer)
    reply = make.answer(question, make.moderator(), f"<p>{links[0]}</p>")
    for at in (0, 6):
        editing.edit_answer(actor=reply.author, answer=reply, body=f"<p>{at} {' '.join(links[at : at + 6])}</p>")

    assert Mention.objects.filter(answer=reply).count() == 10


@pytest.mark.parametrize("key", [HUGE, "-" + HUGE, "a\x00b"])
def test_nonsense_for_a_choice_is_no_such_choice(as_: Any, officer: Any, key: str) -> None:
    question = make.ask(officer)
    before = make.rows()
    for field in ("topics", "codes"):
        assert (
            as_(officer).post("/ask/", {"title": "อะไร", "visibility": "network", "signed": "name", field: key}).status_code
            == 400
        )
        assert as_(officer).post(f"/qa/question/{question.pk}/edit/", {"title": "อะไร", "seen": 1, field: key}).status_code == 422
    assert as_(officer).post(f"/qa/{question.pk}/ask/", {"person": key}).status_code == 404
    assert as_(shop.keeper()).post("/rewards/desk/many/", {"act": "approve", "chosen": key}).status_code == 302
    assert make.rows() == before


def test_a_sign_that_databases_refuse_is_left_out(as_: Any, officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    as_(officer).post("/qa/filters/", {"name": "ก\x00ข", "query": "category=4"})
    as_(officer).post(f"/thanks/answer/{reply.pk}/", {"words": "ขอบ\x00คุณ"})
    assert (SavedFilter.objects.get().name, Thanks.objects.get().words) == ("กข", "ขอบคุณ")
