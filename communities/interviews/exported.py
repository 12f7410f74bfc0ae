"""Approved interviews in the export of a community: what members read, and the sound. Declared by InterviewsConfig.ready."""

from collections.abc import Iterator

from django.utils.translation import gettext

from communities import exports
from communities.interviews.models import Interview
from communities.models import Community


def files(community: Community) -> Iterator[tuple[str, bytes]]:
    """One page and one JSON for each; nothing of those that are not approved, and no mail address."""
    rows = (
        Interview.objects.approved().filter(community=community).prefetch_related("questions", "recordings__notes").order_by("pk")
    )
    for one in rows:
        told = [(question.text, question.answer) for question in one.questions.all() if question.answer]
        notes = [(f"{heard.title} {note.clock}", note.text) for heard in one.recordings.all() for note in heard.notes.all()]
        words = {"title": one.title, "purpose": one.purpose, "expert": one.expert_name, "approved_at": one.approved_at}
        yield f"{one.pk}.json", exports.as_json(words | {"answers": told, "notes": notes})
        yield f"{one.pk}.html", exports.as_page(one.title, [*told, *notes], (gettext("Question"), gettext("Answer")))
        for heard in one.recordings.all():
            with heard.file.open("rb") as file:
                yield f"{one.pk}-{heard.pk}.{heard.kind}", file.read()


def declare() -> None:
    exports.register("interviews", files)
