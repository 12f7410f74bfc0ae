"""What every installation needs to start with, beyond what the lowest floors bring. An app adds its own verb in AppConfig.ready():

basics.register(load_templates)

`manage.py load_basics` runs them in the order of the apps; each must be safe to repeat.
"""

from collections.abc import Callable

_verbs: list[Callable[[], object]] = []


def register(verb: Callable[[], object]) -> None:
    """Adds a verb once."""
    if verb not in _verbs:
        _verbs.append(verb)


def load() -> None:
    for verb in _verbs:
        verb()
