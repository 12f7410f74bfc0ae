"""Search inside one channel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.talk.forms.reading import SearchForm
from communities.talk.searched import CHANNEL, KIND
from communities.talk.views.ground import channel_for, frame
from kmportal.retrieval import engine
from kmportal.retrieval.readers import Readers

PER_PAGE = 20


@login_required
@require_safe
def search(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was said in this channel that answers the words; nothing from elsewhere is looked at."""
    place, form = channel_for(request.user, slug, pk), SearchForm(request.GET)
    words, start = form.words(), form.start()
    found = None
    if words.strip():
        # The members' circle alone: visibility was asked when the channel was fetched.
        inside = Readers(frozenset({f"community:{place.community_id}"}))
        found = engine.find(words, inside, kinds=[KIND], tags=[(CHANNEL, str(pk))], limit=PER_PAGE, offset=start)
    more = start + PER_PAGE if found is not None and found.total > start + PER_PAGE else None
    shown = frame(request, place.community, place, words=words, found=found, start=start, more=more)
    return render(request, "talk/search.html", shown)
