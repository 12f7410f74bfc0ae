"""Who works in the CMS right now: some of Wagtail's widgets show a chosen thing without ever being told for whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_reader: ContextVar[Any] = ContextVar("cms_reader", default=None)


@contextmanager
def reading_as(user: Any) -> Iterator[None]:
    """For the whole request, the rendering of its answer included."""
    token = _reader.set(user)
    try:
        yield
    finally:
        _reader.reset(token)


def may_read(model: Any, key: Any) -> bool:
    """Whether the thing with this key may be named here. Outside a request of the CMS (commands, tests of forms) it may."""
    user = _reader.get()
    return user is None or model.objects.visible_to(user).filter(pk=key).exists()
