"""Names only."""

from communities.harvest.models.drafts import Statement, TalkDraft, Word
from communities.harvest.models.marks import Mark

__all__ = ["Mark", "Statement", "TalkDraft", "Word"]
