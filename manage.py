#!/usr/bin/env python
"""The one command line of the project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django must read the settings module name first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
