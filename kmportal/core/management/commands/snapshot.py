"""`manage.py snapshot`: writes the migrated empty database that the first start loads (kmportal/core/snapshot.py)."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from kmportal.core import snapshot


class Command(BaseCommand):
    help = "Runs all migrations in a new SQLite file and keeps the result as text, for a fast first start."

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            snapshot.dump(snapshot.migrate(Path(folder)))
        self.stdout.write(f"{snapshot.FILE.name}: {snapshot.FILE.stat().st_size // 1024} KB, key {snapshot.key()}")
