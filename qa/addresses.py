"""Where questions open. Models and notices name the place without knowing the views."""

from django.urls import reverse


def of_question(key: int, anchor: str = "") -> str:
    """The address of a question, or of a place on its page."""
    url = reverse("qa:question", args=[key])
    return f"{url}#{anchor}" if anchor else url
