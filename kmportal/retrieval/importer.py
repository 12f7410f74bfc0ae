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
    done = 0
    kept = {group.key: group for group in SynonymGroup.objects.exclude(key="")}
    with transaction.atomic():
        for written in json.loads(FILE.read_text(encoding="utf-8"))["groups"]:
            text = "\n".join(written)
            name, shape = written[0][:40], _shape(text)
            group = next((kept[key] for key in kept if key.rsplit("#", 1)[0] == name), None)
            if group is None:
                SynonymGroup.objects.create(words=text, key=f"{name}#{shape}")
                done += 1
            elif group.words != text and group.is_active and group.key == f"{name}#{_shape(group.words)}":
                group.words, group.key = text, f"{name}#{shape}"
                group.save(update_fields=["words", "key", "changed_at"])
                done += 1
    return done


def _shape(text: str) -> str:
    """By which an edited group is told from one that is as it came."""
    return hashlib.blake2b("\n".join(lines(text)).encode(), digest_size=8).hexdigest()
