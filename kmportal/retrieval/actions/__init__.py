"""The verbs that write the index: bring it in line with the rows it describes. Their callers may be in a transaction of their own.

Nobody is asked for permission here: these verbs follow what others were allowed to do.
"""

from kmportal.retrieval.actions.checking import Drift, check, mend
from kmportal.retrieval.actions.following import catch_up, catch_up_gathered, forget, index, index_keys, mark_stale, renamed
from kmportal.retrieval.actions.rebuilding import is_current, rebuild, rebuild_if_needed

__all__ = [
    "Drift",
    "catch_up",
    "catch_up_gathered",
    "check",
    "forget",
    "index",
    "index_keys",
    "is_current",
    "mark_stale",
    "mend",
    "rebuild",
    "rebuild_if_needed",
    "renamed",
]
