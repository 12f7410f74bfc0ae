"""The probes answer, and name what is broken without saying where it lives."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from kmportal.core import health


def test_live_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz/live")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_database_and_cache_work(client: Client) -> None:
    response = client.get("/healthz/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "failing": []}


@pytest.mark.django_db
def test_not_ready_names_the_failing_part(client: Client) -> None:
    with patch.object(health, "connection") as broken:
        broken.cursor.side_effect = DatabaseError("host 10.0.0.7 is down")
        response = client.get("/healthz/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "failing": ["database"]}
    assert "10.0.0.7" not in response.text


@pytest.mark.django_db
def test_without_the_shared_cache_the_site_goes_on(client: Client) -> None:
    with patch.object(health, "cache") as broken:
        broken.set.side_effect = ConnectionError("host 10.0.0.7 is down")
        response = client.get("/healthz/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "failing": ["cache"]}
