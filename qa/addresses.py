"""Where questions open. Until the portal has their pages, nowhere: then nobody is shown a link, and no notice reaches anybody."""

from django.urls import NoReverseMatch, reverse


def of_question(key: int, anchor: str = "") -> str:
    """The address of a question, or of a place on its page."""
    try:
        url = reverse("qa:question", args=[key])
    except NoReverseMatch:
        return ""
    return f"{url}#{anchor}" if anchor else url


def are_open() -> bool:
    """Whether questions have pages."""
    return bool(of_question(1))
