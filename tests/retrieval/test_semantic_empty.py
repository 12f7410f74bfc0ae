"""An index that was made without the optional layer is searched by words when the layer is there."""

import pytest

from kmportal.retrieval import semantic
from kmportal.retrieval.models import Passage

pytestmark = pytest.mark.django_db


def test_an_audience_without_vectors_is_empty() -> None:
    pytest.importorskip("numpy")

    kept = semantic._read(Passage.objects.none(), "public", (0, None))

    assert (len(kept.ids), kept.rows.size) == (0, 0)
