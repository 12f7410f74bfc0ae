from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QaConfig(AppConfig):
    """Questions and answers, and what earns points here."""

    name = "qa"
    label = "qa"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.core.navigation import Place, register, signed_in  # noqa: PLC0415 - the same
        from kmportal.people import guests  # noqa: PLC0415 - the same
        from qa import (  # noqa: PLC0415 - the same
            acts,
            badges,
            bounty_notices,
            cases,
            evidence,
            inside,
            notices,
            people_notices,
            pictured,
            searched,
            thankable,
        )
        from qa.actions.bounty import end_due_bounties  # noqa: PLC0415 - the same
        from rewards import offers  # noqa: PLC0415 - the same
        from rewards.models import Reason  # noqa: PLC0415 - the same

        guests.admit("qa")
        notices.declare()
        inside.declare()
        people_notices.declare()
        bounty_notices.declare()
        acts.declare_acts()
        cases.register()
        searched.register()
        pictured.register()
        offers.open_for(Reason.ANSWER_ACCEPTED, Reason.ACCEPTING_ANSWER, Reason.USEFUL_VOTE, Reason.BOUNTY)
        thankable.register()
        evidence.register()
        badges.declare()
        chores.register(end_due_bounties)
        label, short = pgettext_lazy("menu", "Questions and answers"), pgettext_lazy("menu, short", "Q&A")
        ask = pgettext_lazy("menu, short", "Ask")
        register(Place("qa:ask", ask, "plus", 12, ("dock",), allowed=signed_in, strong=True))
        register(Place("qa:list", label, "ask", 15, ("nav", "dock"), short=short))
