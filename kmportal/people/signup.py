"""allauth's adapters and sign-up form: which mail domains may join, what a sign-in leads to, and in whose language mail is written."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from kmportal.core.language import in_language
from kmportal.core.preferences import remember_language
from kmportal.core.sessions import look_again
from kmportal.people import actions, guests
from kmportal.people.domains import StrangeDomain, check_domain, may_sign_up
from kmportal.people.models import User


class SignupForm(forms.Form):
    """What sign-up asks besides address and password; allauth builds its own form upon this one."""

    field_order = ["first_name", "last_name", "email", "password1", "password2"]

    first_name = forms.CharField(
        label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    def clean(self) -> dict[str, Any]:
        """The mail domain is looked at here: allauth's own hook for it would also stop password resets of older addresses."""
        cleaned = super().clean() or {}
        try:
            if not guests.invited(_leads_to(), cleaned.get("email") or ""):
                check_domain(cleaned.get("email") or "")
        except StrangeDomain as error:
            if "email" in cleaned:
                self.add_error("email", error)
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:
        """The person reads the portal in the language they signed up in."""
        actions.set_language(actor=user, language="en" if (translation.get_language() or "th").startswith("en") else "th")
        if not may_sign_up(user.email):
            actions.receive_guest(account=user)


def _leads_to() -> str:
    """The page that the sign-up leads back to; its address carries the secret of an invitation."""
    request = context.request
    return str(request.POST.get("next", "")) if request else ""


def _is_invited(user: User) -> bool:
    """Somebody else made the account, and its owner was never here."""
    return user.last_login is None and not user.has_usable_password()


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in with a mail address."""

    def is_safe_url(self, url: str) -> bool:
        """After sign-in and sign-out, only to a path of this very host: allauth would also follow every host we answer to."""
        request = self.request
        return url.startswith("/") and url_has_allowed_host_and_scheme(
            url, {request.get_host()}, require_https=request.is_secure()
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """The moment when every stage is passed (address proven, second factor given), whichever way the person came."""
        super().login(request, user)
        actions.complete_signup(account=user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Leads to the page in the person's own language, and remembers that language in this browser."""
        with translation.override(user.language):
            response: HttpResponse = super().post_login(request, user, **kwargs)
            if user.is_guest and response.get("Location") == settings.LOGIN_REDIRECT_URL:
                response["Location"] = guests.home() or settings.LOGIN_REDIRECT_URL
        if "Location" in response:
            response["Location"] = in_language(response["Location"], user.language)
        remember_language(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person who gets it; a stranger's mail is in the language of the page they came from."""
        reader = (
            User.objects.filter(emailaddress__email__iexact=email).first() or User.objects.filter(email__iexact=email).first()
        )
        language = reader.language if reader else translation.get_language() or settings.LANGUAGE_CODE
        ours = {"site_name": settings.SITE_NAME, "site_address": settings.BASE_URL, "reader": reader}
        with translation.override(language):
            super().send_mail(template_prefix, email, {**ours, **context})

    def set_password(self, user: User, password: str) -> None:
        """Who sets the first password came by the mailed link, which proves the address as well as a second link would.

        A link to a provider that somebody hung on the account before its owner came is cut: it was not the owner's.
        """
        invited = _is_invited(user)
        super().set_password(user, password)
        look_again(user.pk)
        if invited:
            SocialAccount.objects.filter(user=user).delete()
            EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Whoever never had a password gets an invitation: they did not ask for anything."""
        self.send_mail("account/email/invitation" if _is_invited(user) else "account/email/password_reset_key", email, context)


def send_invitation(request: HttpRequest, account: User) -> None:
    """Mails a link by which the owner of a new account sets the first password, which proves the address too."""
    from allauth.account.forms import ResetPasswordForm  # noqa: PLC0415 - allauth's forms are built upon a form of this module

    form = ResetPasswordForm({"email": account.email})
    if form.is_valid():
        form.save(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the network's identity provider. An account is found by (provider, sub); a mail address never opens one."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A stranger from the provider may join under the same rule as everybody else, with an address that the provider vouches for.

        An unproven one would make an account that is linked to whoever claimed it, waiting for the real owner to confirm it.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        for address in sociallogin.email_addresses[:1]:
            if not address.verified or not may_sign_up(address.email):
                context = {"email": address.email, "unproven": not address.verified}
                raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", context, status=403))
