"""The background worker: tasks from the queue and the small chores. In the embedded set-up a process of its own, kept by the server.

A process, not a thread: a thread would share the interpreter with everybody's pages and live talk, and one task of 300 ms would be felt by
a thousand sockets (docs/decisions/0028).
"""

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from kmportal.core import chores, upstream, wire

logger = logging.getLogger(__name__)
NICE = 5
"""Pages and talk come first where the machine has too little for all. Not much less, for the worker holds locks that others wait for."""
ENDING = 30.0
"""Seconds for the running task when the server ends."""


class TaskWorker:
    """Runs queued tasks and chores until it is stopped. It asks before it locks, so an idle site leaves the database alone."""

    PAUSE = 1.0

    def __init__(self) -> None:
        self.stopping = threading.Event()

    def run(self) -> None:
        from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 - needs the app registry
        from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - needs the app registry

        next_round = 0.0
        while not self.stopping.wait(self.PAUSE):
            try:
                close_old_connections()
                if time.monotonic() >= next_round:
                    next_round = time.monotonic() + chores.EVERY
                    chores.run()
                else:
                    chores.run_often()
                while not self.stopping.is_set() and DBTaskResult.objects.ready().exists():
                    self._work_off(Worker)
            except DatabaseError:
                logger.exception("The task worker lost the database; it tries again.")
        connections.close_all()

    def _work_off(self, worker_class: Any) -> None:
        """One task."""
        worker = worker_class(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
            worker_id="serve", excluded_queue_names=[],
        )  # fmt: skip
        worker.run()

    def stop(self) -> None:
        """After the running task."""
        self.stopping.set()


class Keeper:
    """Keeps one worker process as long as the server lives: started anew when it dies, ended with the server, however that ends.

    The worker's standard input is the thread it hangs by: it ends when that is closed, which the system does for a server that was
    killed. Its standard output brings what it has to tell (kmportal.core.upstream).
    """

    FIRST, LONGEST = 0.5, 60.0
    """Seconds before a worker that died is started anew: longer each time it dies soon."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run, name="worker", daemon=True)

    def run(self) -> None:
        pause = self.FIRST
        while not self.stopping.is_set():
            began = time.monotonic()
            code = self._one_life()
            if self.stopping.is_set():
                return
            pause = self.FIRST if time.monotonic() - began > self.LONGEST else min(self.LONGEST, pause * 2)
            logger.error("The task worker ended by itself (%s); it is started anew in %.0f seconds.", code, pause)
            self.stopping.wait(pause)

    def _one_life(self) -> int | None:
        warnings = [f"-W{option}" for option in sys.warnoptions]
        command = [sys.executable, *warnings, str(Path(settings.BASE_DIR) / "manage.py"), "work"]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, upstream.VARIABLE: "1"}
            )
        except OSError:
            logger.exception("The task worker could not be started.")
            return None
        self.process = process
        with process:
            for line in process.stdout or ():
                upstream.heard(line, wire.tell)
        return process.returncode

    def stop(self) -> None:
        """Lets the running task end."""
        self.stopping.set()
        process = self.process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
