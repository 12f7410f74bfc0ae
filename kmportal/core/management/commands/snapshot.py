"""`manage.py snapshot`: writes the migrated empty database that the first start loads (kmportal/core/snapshot.py)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from kmportal.core import snapshot


class Command(BaseCommand):
    help = "Runs all migrations in a new SQLite file and keeps the result as text, for a fast first start."

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            # A process of its own: migrations that name no database write to the default one, which must not be the site's.
            outside = {name: value for name, value in os.environ.items() if not name.startswith("KM_DATABASE_URL")}
            subprocess.run(  # noqa: S603 - our own command line, nothing from outside
                [sys.executable, sys.argv[0], "migrate", "--verbosity=0"], env={**outside, "KM_VAR_DIR": folder}, check=True
            )
            snapshot.dump(Path(folder) / "db.sqlite3")
        self.stdout.write(f"{snapshot.FILE.name}: {snapshot.FILE.stat().st_size // 1024} KB, key {snapshot.key()}")
