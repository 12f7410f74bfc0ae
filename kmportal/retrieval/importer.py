"""The synonyms that come with the portal, into the table where coordinators edit them."""

import hashlib
import json
from pathlib import Path

from django.db import transaction

from kmportal.retrieval.models import SynonymGroup
from kmportal.retrieval.synonyms import lines

FILE = Path(__file__).parent / "data" / "synonyms.json"


def load_synonyms() -> int:
    """Adds the groups of the portal's own list that are new in it, and brings those up to date that nobody edited; answers how many.

    A group that was edited, or switched off, is the coordinators' and stays as it is.
    """
    new: list[SynonymGroup] = []
    renewed: list[SynonymGroup] = []
    with transaction.atomic():
        kept = {group.key.rsplit("#", 1)[0]: group for group in SynonymGroup.objects.exclude(key="")}
        for written in json.loads(FILE.read_text(encoding="utf-8"))["groups"]:
            text, name = "\n".join(written), written[0][:40]
            group, key = kept.get(name), f"{name}#{_shape(text)}"
            if group is None:
                new.append(SynonymGroup(words=text, key=key))
            elif group.key != key and group.is_active and group.key == f"{name}#{_shape(group.words)}":
                group.words, group.key = text, key
                renewed.append(group)
        SynonymGroup.objects.bulk_create(new)
        for group in renewed:
            group.save(update_fields=["words", "key", "changed_at"])
    return len(new) + len(renewed)


def _shape(text: str) -> str:
    """By which an edited group is told from one that is as it came."""
    return hashlib.blake2b("\n".join(lines(text)).encode(), digest_size=8).hexdigest()
