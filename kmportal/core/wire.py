"""Telling those who listen, in this process and in the others, that something changed: a hint, never the truth.

`tell` is for the verbs, from any thread, after commit. Who listens (the live sockets) does so in an event loop: `await here()` gives that
loop's exchange. Within the process a hint goes straight to the loop; to other processes it goes over the channel layer, where Redis or
Valkey carries it; without those the task worker tells its server through the pipe between them. Channels' in-process layer is not used
for it: an asyncio queue may not be filled from another thread. Hints may be lost (Redis restarts): listeners look into the database
from time to time.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings
from django.db import transaction

from kmportal.core import upstream

logger = logging.getLogger(__name__)
GROUP = "wire"
ME = uuid4().hex
"""Names this process among those that share a layer, so that it does not hear its own words twice."""
AGAIN = 5.0
"""Seconds until Redis or Valkey is asked again when it did not answer."""
Ear = Callable[[dict[str, Any]], None]


class Exchange:
    """One per event loop. Ears are called in that loop and must not block."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.ears: defaultdict[str, list[Ear]] = defaultdict(list)
        self.relay: asyncio.Task[None] | None = None
        self.opened = loop.create_task(self._open())
        self.sending: set[asyncio.Task[None]] = set()

    def listen(self, topic: str, ear: Ear) -> None:
        self.ears[topic].append(ear)

    def hear(self, message: dict[str, Any]) -> None:
        for ear in self.ears.get(message["topic"], ()):
            try:
                ear(message)
            except Exception:
                logger.exception("What was told could not be heard.")

    def pass_on(self, message: dict[str, Any]) -> None:
        """To the other processes, from within this loop."""
        task = self.loop.create_task(_send(message))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)

    async def _open(self) -> None:
        layer = _shared_layer()
        if layer is None:
            return
        name = await self._subscribe(layer)
        self.relay = self.loop.create_task(self._relay(layer, name))

    async def _subscribe(self, layer: Any) -> str:
        """The name to receive by; empty where nothing answers."""
        try:
            name = str(await layer.new_channel())
            await layer.group_add(GROUP, name)
        except Exception as error:  # noqa: BLE001 - whatever the layer and the client of Redis raise
            logger.error("Other processes cannot be heard: Redis or Valkey does not answer: %s", error)
            return ""
        return name

    async def _relay(self, layer: Any, name: str) -> None:
        """The layer takes its subscriptions up again by itself after a break; the first one is ours to repeat."""
        while True:
            while not name:
                await asyncio.sleep(AGAIN)
                name = await self._subscribe(layer)
            try:
                message = await layer.receive(name)
            except Exception:
                logger.exception("Other processes are not heard for the moment.")
                name = ""
                continue
            if message.get("from") != ME:
                self.hear(message)


_exchanges: dict[asyncio.AbstractEventLoop, Exchange] = {}


def _shared_layer() -> Any:
    """The layer that reaches other processes, or None in the set-up with one process."""
    layer = get_channel_layer()
    return None if layer is None or isinstance(layer, InMemoryChannelLayer) else layer


async def _send(message: dict[str, Any]) -> None:
    layer = _shared_layer()
    if layer is None:
        return
    try:
        await layer.group_send(GROUP, {"type": "wire", "from": ME, **message})
    except Exception as error:  # noqa: BLE001 - the same
        logger.error("Other processes were not told: Redis or Valkey does not answer: %s", error)


async def here() -> Exchange:
    """The exchange of the running loop, open for what other processes tell."""
    loop = asyncio.get_running_loop()
    found = _exchanges.get(loop)
    if found is None:
        for closed in [other for other in _exchanges if other.is_closed()]:
            del _exchanges[closed]
        found = _exchanges[loop] = Exchange(loop)
    # Subscribed before it is handed out, so that nothing told after that is missed.
    await asyncio.shield(found.opened)
    return found


def tell(topic: str, **facts: Any) -> None:
    """Tells all who listen to the topic; returns at once. Facts are numbers and short names, for they travel.

    Not before commit: who hears it looks into the database. In a verb use `tell_after_commit`.
    """
    message = {"topic": topic, **facts}
    living = [exchange for exchange in _exchanges.values() if exchange.loop.is_running()]
    for exchange in living:
        exchange.loop.call_soon_threadsafe(exchange.hear, message)
    if _shared_layer() is None:
        # From the task worker to the server that keeps it; a server has nobody above it.
        upstream.send(**message)
        return
    if living:
        living[0].loop.call_soon_threadsafe(living[0].pass_on, message)
    else:
        async_to_sync(_send)(message)


def tell_after_commit(topic: str, **facts: Any) -> None:
    transaction.on_commit(partial(tell, topic, **facts), robust=True)


def unanswered() -> str:
    """Why the other processes cannot be reached, asked when the server starts; empty where they can, or where there are none."""
    if not settings.REDIS_URL:
        return ""
    import redis  # noqa: PLC0415 - belongs to the set-up with several processes, and is not installed elsewhere

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3).ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return str(error)
    return ""
