"""A wrong setting stops the start; half-configured production does not start at all."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from kmportal import checks, env

WHOLE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": ["km.example.go.th"],
    "BASE_URL": "https://km.example.go.th",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def ids(settings: Any, **changes: Any) -> list[str]:
    for name, value in {**WHOLE, **changes}.items():
        setattr(settings, name, value)
    return [str(found.id) for found in checks.production_is_whole(None)]


def test_whole_production_passes(settings: Any) -> None:
    assert ids(settings) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"DEBUG": True}, "kmportal.E001"),
        ({"SECRET_KEY": "insecure-" + "x" * 50}, "kmportal.E002"),
        ({"SECRET_KEY": "x" * 49}, "kmportal.E002"),
        ({"ALLOWED_HOSTS": []}, "kmportal.E003"),
        ({"ALLOWED_HOSTS": ["km.example.go.th", "*"]}, "kmportal.E003"),
        ({"BASE_URL": "http://km.example.go.th"}, "kmportal.E004"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "kmportal.E005"),
    ],
)
def test_half_production_is_refused(settings: Any, changes: dict[str, Any], wrong: str) -> None:
    assert ids(settings, **changes) == [wrong]


def test_the_embedded_set_up_needs_none_of_it(settings: Any) -> None:
    assert ids(settings, PRODUCTION=False, SECRET_KEY="short", BASE_URL="http://localhost") == []


def test_several_workers_need_redis(settings: Any) -> None:
    settings.WORKERS, settings.REDIS_URL = 2, ""
    assert [found.id for found in checks.workers_need_shared_wires(None)] == ["kmportal.E006"]
    settings.REDIS_URL = "redis://127.0.0.1/0"
    assert checks.workers_need_shared_wires(None) == []


@pytest.mark.parametrize("address", ["127.0.0.1:6379", "http://127.0.0.1", "redis://", "unix:"])
def test_a_misspelt_wire_is_refused(settings: Any, address: str) -> None:
    settings.REDIS_URL = address
    assert [found.id for found in checks.the_wire_is_an_address(None)] == ["kmportal.E007"]
    for right in ("", "redis://127.0.0.1:6379/0", "rediss://km.example/1", "unix:///run/valkey.sock"):
        settings.REDIS_URL = right
        assert checks.the_wire_is_an_address(None) == []


def test_the_server_does_not_start_without_the_wire_it_was_given(settings: Any) -> None:
    pytest.importorskip("redis")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(CommandError, match="KM_REDIS_URL"):
        call_command("serve")


def test_serving_others_needs_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KM_HOST", "0.0.0.0")  # noqa: S104 - the address that must be refused

    with pytest.raises(CommandError, match="KM_SECRET_KEY"):
        call_command("serve")


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("true", True), ("ON", True), ("0", False), ("no", False), ("", True)])
def test_flag(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("KM_X", raw)

    assert env.flag("KM_X", True) is value


@pytest.mark.parametrize(
    ("read", "raw", "words"),
    [
        (env.flag, "maybe", "KM_X must be 1 or 0"),
        (lambda name: env.number(name, 1), "four", "KM_X must be a whole number"),
        (lambda name: env.database(name, Path("x")), "mysql://u@h/d", "KM_X must look like postgres://"),
        (lambda name: env.database(name, Path("x")), "postgres://u@h/", "KM_X must look like postgres://"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, read: Any, raw: str, words: str) -> None:
    monkeypatch.setenv("KM_X", raw)

    with pytest.raises(ImproperlyConfigured, match=words):
        read("KM_X")


def test_secrets_may_stand_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-the-file\n")
    monkeypatch.setenv("KM_X", "from-the-variable")
    monkeypatch.setenv("KM_X_FILE", str(tmp_path / "key"))
    assert env.secret("KM_X") == "from-the-file"

    monkeypatch.setenv("KM_X_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="KM_X_FILE cannot be read"):
        env.secret("KM_X")


def test_database_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KM_X", "postgres://km:p%40ss@db.example:5433/portal?sslmode=require")

    found = env.database("KM_X", Path("unused"))

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "km",
        "p@ss",
        "db.example",
        "5433",
        "portal",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_sqlite_takes_the_write_lock_at_once(tmp_path: Path) -> None:
    found = env.database("KM_NOT_SET", tmp_path / "sub" / "db.sqlite3")

    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "sub").is_dir()
