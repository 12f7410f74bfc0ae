"""What a teller reads before they give their word: members the whole draft, who is not (or no longer) in the community what they told
themselves, with the title and the circle of readers; nothing that others told there.
"""

from dataclasses import dataclass

from communities.harvest import cutting
from communities.harvest.actions.ground import digest, newest, text_of
from communities.harvest.fields import IN_LESSON, PLAIN, Field
from communities.harvest.models import Statement, TalkDraft, Word
from communities.models import Membership
from kmportal.people.models import Person, User

ALWAYS = ("title",)


@dataclass(frozen=True)
class Reading:
    """The draft as one teller reads it; `text` by field of the lesson.

    Args:
        whole: nothing is left out. digests: those of a word that holds for it; the first is the one of this text.
    """

    text: dict[str, str]
    whole: bool
    digests: tuple[str, ...]


def readings(draft: TalkDraft, tellers: list[User | Person]) -> list[Reading]:
    """For each of these tellers; two queries besides the newest version."""
    text = text_of(newest(draft.lesson))
    statements = list(draft.statements.all())
    accounts = [one.pk for one in tellers if isinstance(one, User)]
    inside = set(
        Membership.objects.filter(community=draft.channel.community_id, user__in=accounts).values_list("user", flat=True)
    )
    return [_reading(draft, text, statements, one, isinstance(one, User) and one.pk in inside) for one in tellers]


def reading_of(word: Word) -> Reading:
    """For the teller of this word. Needs draft.channel and draft.lesson."""
    teller = word.teller or word.person
    assert teller is not None  # noqa: S101 - a constraint of the table
    return readings(word.draft, [teller])[0]


def _reading(draft: TalkDraft, text: dict[str, str], statements: list[Statement], teller: User | Person, inside: bool) -> Reading:
    key = (None, teller.pk) if isinstance(teller, Person) else (teller.pk, None)
    own = [one for one in statements if (one.teller_id, one.person_id) == key]
    others = [one.text for one in statements if one not in own and one.text]
    part = _part(text, {IN_LESSON[Field(one.field)] for one in own}, others)
    # A word for the whole holds for the part, and a word for one's own part still holds when one comes back.
    whole_digest, part_digest = digest(reach=draft.reach, text=text), digest(reach=draft.reach, text=part)
    if inside:
        return Reading(text, True, (whole_digest, part_digest))
    return Reading(part, False, (part_digest, whole_digest))


def _part(text: dict[str, str], names: set[str], others: list[str]) -> dict[str, str]:
    """The fields that they filled, without what others told in them. The title is context, unless it is somebody's very words."""
    kept = {name: said for name, said in text.items() if name in names or name in ALWAYS}
    for gone in others:
        for name, said in kept.items():
            is_plain = name in PLAIN or name in ALWAYS
            kept[name] = cutting.out_of_plain(said, gone) if is_plain else cutting.out_of_html(said, gone)
    return kept
