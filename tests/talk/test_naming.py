"""Members named by a typed "@": linked and told, without a script; nobody from elsewhere, nothing in links, mails and code."""

from typing import Any

import pytest

from communities.models import Community, Membership
from communities.talk.models import Channel
from kmportal.core import mentions
from kmportal.inbox.models import Notice
from kmportal.people.actions import complete_signup
from kmportal.people.models import Person, User
from tests.make.talk import said

pytestmark = pytest.mark.django_db
REL = 'rel="nofollow noopener noreferrer"'


@pytest.fixture
def friend(community_c: Community, colleague: User) -> Person:
    Membership.objects.create(community=community_c, user=colleague)
    return complete_signup(account=colleague)


def test_a_typed_name_is_linked_and_told(channel: Channel, cop_member: User, friend: Person) -> None:
    both = f"{friend.given_name} {friend.family_name}"
    for words, name in ((f"@{both} ช่วยดูหน่อย", both), (f"@{friend.given_name} ช่วยดู", friend.given_name)):
        message = said(cop_member, channel, words)
        assert message.body == f'<p><a href="{friend.get_absolute_url()}" {REL}>@{name}</a>{words[len(name) + 1 :]}</p>'
    assert Notice.objects.filter(kind="talk.mentioned", recipient=friend.user).count() == 2


def test_who_is_not_a_member_is_not_named(channel: Channel, cop_member: User, outsider: User, friend: Person) -> None:
    stranger = complete_signup(account=outsider)
    Person.objects.filter(pk=friend.pk).update(is_listed=False)
    for person in (stranger, friend):
        assert said(cop_member, channel, f"@{person} อยู่ไหม").body == f"<p>@{person} อยู่ไหม</p>"
    assert not Notice.objects.filter(kind="talk.mentioned").exists()


def test_two_of_one_name_need_the_family_name(channel: Channel, cop_member: User, friend: Person, outsider: User) -> None:
    Membership.objects.create(community=channel.community, user=outsider)
    Person.objects.filter(pk=complete_signup(account=outsider).pk).update(given_name=friend.given_name, family_name="อื่นใด")
    assert "<a " not in said(cop_member, channel, f"@{friend.given_name} ช่วยดู").body
    assert friend.get_absolute_url() in said(cop_member, channel, f"@{friend.given_name} {friend.family_name}").body


@pytest.mark.parametrize(
    "html", ["<p>a@มานี</p>", '<p><a href="https://x.example">@มานี</a></p>', "<p><code>@มานี</code></p>", '<p><img alt="@มานี > @มานี"></p>', "<p>@ มานี @7</p>"]
)  # fmt: skip
def test_what_is_no_name(html: str) -> None:
    assert mentions.typed(html) == []


def test_nothing_that_was_escaped_wakes_up() -> None:
    def find(first: str, second: str) -> tuple[str, str]:
        return first, "/people/x/"

    made: Any = mentions.linked("<p>@มานี &lt;script&gt; (@สมใจ)</p>", find)
    link = f'<a href="/people/x/" {REL}>'
    assert made == f"<p>{link}@มานี</a> &lt;script&gt; ({link}@สมใจ</a>)</p>"
