"""The verbs of notices: the only writers of this app's tables."""

from kmportal.inbox.actions.mailing import Posted, deliver, pick_up_mails
from kmportal.inbox.actions.reading import clear_old, mark_read, mark_unread, set_channels, stop_mail, undo_read
from kmportal.inbox.actions.telling import mails_paused, settle, take_back, tell

__all__ = [
    "Posted",
    "clear_old",
    "deliver",
    "mails_paused",
    "mark_read",
    "mark_unread",
    "pick_up_mails",
    "set_channels",
    "settle",
    "stop_mail",
    "take_back",
    "tell",
    "undo_read",
]
