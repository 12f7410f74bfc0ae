"""Make what every installation needs to start: roles, PMQA editions and topics, page tree, rights, review, the rules of points."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kmportal.core import basics
from kmportal.library.actions.site import ensure_site
from kmportal.library.actions.workflow import ensure_workflow
from kmportal.people.actions import ensure_roles
from kmportal.retrieval.actions import rebuild_if_needed
from kmportal.retrieval.importer import load_synonyms
from kmportal.taxonomy.actions import load_pmqa
from rewards.actions.ruling import ensure_rules


class Command(BaseCommand):
    help = "Make roles, PMQA editions, topics, the page tree and the rules of points where they are missing. Safe to repeat; -v 0 says nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset",
            action="store_true",
            help="put the shipped wording of PMQA editions, categories, codes and topics back, over coordinators' corrections",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_roles()
        loaded = load_pmqa(reset=options["reset"])
        ensure_site()
        ensure_workflow()
        load_synonyms()
        rebuild_if_needed()
        ensure_rules()
        basics.load()
        if options["verbosity"] and loaded:
            self.stdout.write(f"PMQA: {loaded.editions} editions, {loaded.codes} codes; {loaded.topics} topics.")
        if options["verbosity"]:
            self.stdout.write("The basics are in place.")
