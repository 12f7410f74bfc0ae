"""What other apps' templates may show of people and accounts."""

from allauth.mfa.utils import is_mfa_enabled
from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.translation import gettext

register = template.Library()

# The first mark that is found wins: Edge also says Chrome, Chrome also says Safari, Android also says Linux.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Line/", "LINE"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@register.simple_tag
def sso() -> dict[str, str]:
    """`{% sso as provider %}`: id and name of the network's identity provider; empty where none is set up. No query."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return {"id": apps[0]["provider_id"], "name": apps[0]["name"]} if apps else {}


@register.simple_tag(takes_context=True)
def has_second_factor(context: Context) -> bool:
    """Whether the reader has an authenticator app or a passkey. One query."""
    user = context["request"].user
    return bool(user.is_authenticated and is_mfa_enabled(user))


@register.simple_tag
def device(user_agent: str) -> str:
    """`{% device session.user_agent %}`: 'Chrome · Windows', as far as a browser's long self-description tells; never the raw text."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " · ".join(filter(None, (browser, system))) or gettext("Unknown device")
