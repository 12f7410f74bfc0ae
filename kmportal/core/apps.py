from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Floor 0: words and wires. No models, and no knowledge of any other app."""

    name = "kmportal.core"
    label = "core"

    def ready(self) -> None:
        from kmportal import checks  # noqa: F401, PLC0415 - registers the system checks once apps are loaded
        from kmportal.core import era  # noqa: PLC0415 - needs nothing before

        era.install()
