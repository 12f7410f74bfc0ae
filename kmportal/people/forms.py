"""Forms of accounts and profiles."""

from typing import Any

from django import forms
from django.http import HttpRequest


class SignupForm(forms.Form):
    """What sign-up asks besides address and password."""

    def signup(self, request: HttpRequest, user: Any) -> None:
        """allauth calls this after the account is made."""
