"""`manage.py serve`: the web server and, in the embedded set-up, the background worker, which it keeps as a process of its own."""

import gc
import logging
import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from kmportal import env
from kmportal.core import wire
from kmportal.core.worker import Keeper

APPLICATION = "kmportal.asgi:application"
# A thousand sockets are asked for a sign of life 25 times a second; proxies cut after a silent minute.
# No compression of frames: it costs 300 KB a socket and the messages are short. No message of ours is longer than 64 KiB.
SERVER: dict[str, Any] = {
    "http": "httptools", "ws": "websockets-sansio", "ws_max_size": 64 * 1024, "ws_per_message_deflate": False, "lifespan": "off",
    "ws_ping_interval": 40, "access_log": False, "log_config": None, "server_header": False, "proxy_headers": False, "timeout_graceful_shutdown": 10,
}  # fmt: skip


class Command(BaseCommand):
    help = "Serves the site (KM_HOST, KM_PORT, KM_WORKERS). --demo prepares the database and the demonstration content first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="run `prepare --demo` first")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = env.text("KM_HOST", "127.0.0.1"), env.number("KM_PORT", 8000)
        if host not in {"127.0.0.1", "::1", "localhost"} and settings.SECRET_KEY.startswith("insecure"):
            raise CommandError("Other machines can reach this address: set KM_SECRET_KEY first, and read docs/OPERATIONS.md.")
        if why := wire.unanswered():
            raise CommandError(
                f"Redis or Valkey does not answer at KM_REDIS_URL: {why}. Start it, or unset it with KM_WORKERS=1."
            )
        listening = self._listen(host, port)
        for talkative in ("django_tasks_db", "django_tasks", "uvicorn"):
            logging.getLogger(talkative).setLevel(logging.WARNING)
        if options["demo"]:
            call_command("prepare", demo=True, stdout=self.stdout)
        elif "rebuild_search" in get_commands():
            call_command("rebuild_search", if_needed=True, stdout=self.stdout)
        if settings.WORKERS > 1:
            listening.close()
            self._tell(host, port)
            uvicorn.run(APPLICATION, host=host, port=port, workers=settings.WORKERS, **SERVER)
            return
        self._serve(listening, host, port)

    def _listen(self, host: str, port: int) -> socket.socket:
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port}: {error.strerror}. Choose another port with KM_PORT, e.g. KM_PORT=8001."
            ) from error
        return listening

    def _tell(self, host: str, port: int) -> None:
        self.stdout.write(self.style.SUCCESS(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl+C stops)"))
        self.stdout.flush()

    def _serve(self, listening: socket.socket, host: str, port: int) -> None:
        config = uvicorn.Config(APPLICATION, **SERVER)
        config.load()
        # uvicorn ends its connections, then hands the signal on: leave by the way that lets the running task end.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        keeper = Keeper()
        if env.flag("KM_TASK_WORKER", True):
            keeper.thread.start()
        # What the start made stays; looking through it again and again would hold up everybody for a moment.
        gc.collect()
        gc.freeze()
        self._tell(host, port)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            keeper.stop()
            connections.close_all()
            listening.close()
