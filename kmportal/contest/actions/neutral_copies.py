"""Copies of entrants' files without metadata, for judges."""

from django.core.files.base import ContentFile

from kmportal.contest.models import Contest, EntryFile
from kmportal.contest.neutral import made_neutral


def make_copies(contest: Contest) -> int:
    """Makes the copies that are missing, in the caller's transaction; answers how many. What cannot be made neutral gets none."""
    made = 0
    for file in EntryFile.objects.filter(entry__contest=contest, entry__state="accepted", blind=""):
        with file.file.open("rb") as original:
            data = made_neutral(original.read(), file.extension)
        if data is not None:
            file.blind.save(f"copy.{file.extension}", ContentFile(data), save=False)
            EntryFile.objects.filter(pk=file.pk).update(blind=file.blind.name)
            made += 1
    return made
