"""`manage.py work`: background tasks and chores. `serve` starts it by itself in the embedded set-up; elsewhere it is a service of its own."""

import gc
import logging
import os
import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand

from kmportal import env
from kmportal.core import upstream
from kmportal.core.worker import ENDING, NICE, TaskWorker


class Command(BaseCommand):
    help = "Works off the background tasks and, every minute, the small chores, until it is ended by SIGTERM."
    requires_system_checks: Any = []

    def handle(self, *args: Any, **options: Any) -> None:
        for talkative in ("django_tasks_db", "django_tasks"):
            logging.getLogger(talkative).setLevel(logging.WARNING)
        worker = TaskWorker()
        signal.signal(signal.SIGTERM, lambda *_: worker.stop())
        if env.flag(upstream.VARIABLE):
            self._belong_to_the_server(worker)
        gc.freeze()
        try:
            worker.run()
        except KeyboardInterrupt:
            self.stderr.write("")

    def _belong_to_the_server(self, worker: TaskWorker) -> None:
        # Ctrl+C goes to the server too, which ends us when the running task is done.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What a task prints must not come between what the server is told.
        upstream.take_over(os.dup(1))
        os.dup2(2, 1)
        if hasattr(os, "nice"):
            os.nice(NICE)
        threading.Thread(target=self._end_with_the_server, args=(worker,), name="server", daemon=True).start()

    def _end_with_the_server(self, worker: TaskWorker) -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        worker.stop()
        # A task that takes longer is begun again by whoever runs next, as after a power cut.
        ended = threading.Event()
        ended.wait(ENDING)
        os._exit(1)
