"""allauth's adapters: which mail domains may join, and which agency they get."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in with a mail address."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the network's identity provider (OpenID Connect)."""
