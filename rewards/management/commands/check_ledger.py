"""Prove that the ledger of points is sound: sums, balances, reversals. Changes nothing; exit code 1 where figures differ."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from rewards import checking


class Command(BaseCommand):
    help = "Prove the sums, balances and reversals of the points ledger; exit code 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if is_first and connection.vendor == "postgresql":
                # All checks look at one moment, while points go on moving.
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            found, counts = checking.differences(), checking.counts()
        if options["format"] == "json":
            answer = {"sound": not found, **counts, "differences": [asdict(difference) for difference in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for one in found:
                self.stdout.write(f"{one.check}: {one.about}: stored {one.stored}, proven {one.proven}")
        if found:
            raise CommandError(f"{len(found)} differences in the ledger.")
        if options["format"] == "text":
            self.stdout.write(
                f"The ledger is sound: {counts['transfers']} transfers, {counts['legs']} legs, {counts['accounts']} accounts; "
                f"{counts['points']} points and {counts['reputation']} reputation are with people."
            )
