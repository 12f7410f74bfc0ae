"""How often somebody may do something, counted in the cache."""

from hashlib import sha256

from django.core.cache import cache


def allows(who: str, act: str, most: int, seconds: int = 60) -> bool:
    """Whether this caller stays below `most` of the act in that time; counts the call.

    Args:
        who: what names the caller; only a digest of it is kept.
    """
    name = f"limit:{act}:{sha256(who.encode()).hexdigest()[:32]}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return bool(cache.incr(name) <= most)
    except ValueError:  # it ran out between the two calls
        return True
