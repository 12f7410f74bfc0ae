"""From an approved interview to a lesson: credited to the expert, whose word for the text is asked, with an account or without."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from communities.harvest.actions import asking, drafting, words
from communities.harvest.actions.taken import free_pieces
from communities.harvest.models import TalkDraft, Word
from communities.interviews.actions import handing
from communities.interviews.actions.ground import worker
from communities.models import Community
from communities.talk.models import Channel
from kmportal.people.models import Person, User
from tests.make.interviews import answered, approved, by_link, make_interview
from tests.make.talk import make_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(community_c: Community) -> Channel:
    return make_channel(community_c, "คุยกันทั่วไป")


def drafted(asker: User, channel: Channel) -> TalkDraft:
    names = [piece.source for piece in free_pieces(user=asker, community=channel.community)]
    return drafting.draft_lesson(actor=asker, channel=channel.pk, marks=[], pieces=names)


def test_only_approved_words_lie_beside_the_basket(asker: User, cop_member: User, community_c: Community) -> None:
    open_one = make_interview(asker, community_c)
    answered(worker(user=asker, interview=open_one.pk))
    assert free_pieces(user=asker, community=community_c) == []
    made = approved(asker, community_c, "น้ำนิ่ง")
    (piece,) = free_pieces(user=asker, community=community_c)
    assert (piece.text, piece.field, piece.name, piece.root) == ("น้ำนิ่ง", "cues", made.expert_name, f"interview:{made.pk}")


def test_an_expert_without_an_account_is_credited_and_asked(
    asker: User, community_c: Community, channel: Channel, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    approved(asker, community_c, "น้ำนิ่ง")
    draft = drafted(asker, channel)
    assert "น้ำนิ่ง" in draft.lesson.cues
    person = Person.objects.get(given_name="นายสมัย")
    assert (person.family_name, person.is_listed, person.is_public, person.user) == ("เกษียณ", False, False, None)
    assert next((one.person, one.part) for one in draft.lesson.credits.all()) == (person, "teller")
    assert free_pieces(user=asker, community=community_c) == []
    with pytest.raises(drafting.EmptyBasket):
        drafted(asker, channel)

    with django_capture_on_commit_callbacks(execute=True):
        asking.ask_tellers(actor=asker, draft=draft)
    (mail,) = mailoutbox
    assert mail.to == ["samai@example.go.th"]
    assert words.missing(draft) == [person]
    address = next(part for part in str(mail.body).split() if "/word/" in part)
    path = address[address.index("/word/") :]
    assert "น้ำนิ่ง" in Client().get(path).content.decode()
    Client().post(path, {"answer": "approve", "read": Client().get(path).context["digest"]})
    assert words.missing(draft) == []
    Client().post(path, {"statement": str(draft.statements.get().pk)})
    assert draft.statements.get().withdrawn_at is not None
    assert Word.objects.get().state == "asked"


def test_an_expert_with_an_account_is_the_teller(asker: User, outsider: User, community_c: Community, channel: Channel) -> None:
    approved(asker, community_c, email=outsider.email)
    draft = drafted(asker, channel)
    assert draft.statements.get().teller == outsider
    assert words.tellers_of(draft) == [outsider]


def test_what_is_withdrawn_must_leave_the_draft(asker: User, community_c: Community, channel: Channel) -> None:
    made = approved(asker, community_c, "น้ำนิ่ง")
    draft = drafted(asker, channel)
    handing.withdraw(actor=by_link(made))
    assert draft.statements.get().withdrawn_at is not None


def test_ticked_in_the_basket(asker: User, community_c: Community, channel: Channel, as_: Any) -> None:
    made = approved(asker, community_c, "น้ำนิ่ง")
    assert f"/channels/{channel.pk}/basket/" in as_(asker).get(made.get_absolute_url()).content.decode()
    address = f"/communities/{community_c.slug}/channels/{channel.pk}/basket/"
    (piece,) = free_pieces(user=asker, community=community_c)
    assert piece.source in as_(asker).get(address).content.decode()
    as_(asker).post(f"{address}draft/", {"piece": [piece.source, "interview:9:answer:9", "x"]})
    draft = TalkDraft.objects.get()
    assert draft.statements.get().source == piece.source
    assert as_(asker).get(draft.get_absolute_url()).status_code == 200


def test_the_name_of_who_was_interviewed_stays_with_the_community(
    asker: User, channel: Channel, coordinator: User, as_: Any
) -> None:
    approved(asker, channel.community)
    drafted(asker, channel)
    told = Person.objects.get(user=None)
    assert not Person.objects.without_account(coordinator).filter(pk=told.pk).exists()
    assert Person.objects.without_account(asker).filter(pk=told.pk).exists()
    assert as_(coordinator).get(f"/cms/snippets/people/person/edit/{told.pk}/").status_code == 404
