"""What members share, one module per subject."""

from communities.commons.models.announcements import Announcement, AnnouncementVersion, Reading
from communities.commons.models.documents import DocumentVersion, SpaceDocument, stored_at
from communities.commons.models.events import CalendarKey, Event, Rsvp
from communities.commons.models.items import ActionItem, ActionStep
from communities.commons.models.polls import NamedChoice, NamedText, Poll, PollOption, PollQuestion, Voter

__all__ = [
    "ActionItem",
    "ActionStep",
    "Announcement",
    "AnnouncementVersion",
    "CalendarKey",
    "DocumentVersion",
    "Event",
    "NamedChoice",
    "NamedText",
    "Poll",
    "PollOption",
    "PollQuestion",
    "Reading",
    "Rsvp",
    "SpaceDocument",
    "Voter",
    "stored_at",
]
