"""Pictures in posts: drawn anew, as readable as their post, one's own until then, cleared when nobody sent them."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from kmportal.people.pictures import BadPicture
from kmportal.pictures import actions
from kmportal.pictures.actions import TooManyPictures, clear_left_over, upload
from kmportal.pictures.models import Picture
from qa.actions.asking import discard_draft, save_draft
from qa.actions.editing import edit_answer
from tests.make import qa as make
from tests.people.test_pictures import picture as file_of
from tests.people.test_pictures import png_claiming

pytestmark = pytest.mark.django_db


def test_files_of_an_upload_that_was_rolled_back_go(officer: Any) -> None:
    kept, lost = put(officer), put(officer)
    storage, files = kept.large.storage, [str(lost.large.name), str(lost.small.name)]
    Picture.objects.filter(pk=lost.pk).delete()

    def sweep(days: int) -> int:
        at = timezone.now() + timedelta(days=days)
        folders = {str(one.large.name).rpartition("/")[0] for one in (kept, lost)}
        return sum(actions.sweep(storage=storage, folder=folder, known=actions._names, at=at) for folder in folders)

    assert (sweep(0), sweep(3), sweep(3)) == (0, 2, 0)
    assert [storage.exists(name) for name in (*files, str(kept.large.name), str(kept.small.name))] == [False, False, True, True]


def put(actor: Any, kind: str = "PNG", **options: Any) -> Picture:
    file = file_of(kind, **options)
    file.seek(0)
    return upload(actor=actor, file=file, size=len(file.getvalue()))


def tag(picture: Picture) -> str:
    return f'<p>ก<img src="/pictures/{picture.uuid}/small" alt="ผัง"></p>'


def seen(client: Any, picture: Picture, size: str = "small") -> int:
    return int(client.get(f"/pictures/{picture.uuid}/{size}").status_code)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_it_is_drawn_anew_in_two_sizes(officer: Any, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    made = put(officer, kind, size=(3000, 1500), **({} if kind == "GIF" else {"exif": exif}))

    assert (made.width, made.height) == (960, 480)
    for file, width in ((made.large, 1920), (made.small, 960)):
        data = file.read()
        drawn = Image.open(io.BytesIO(data))
        assert (drawn.format, drawn.size) == ("WEBP", (width, width // 2))
        assert b"SecretCamera" not in data
        assert b"EXIF" not in data


def test_hostile_files_are_refused_and_leave_nothing(officer: Any) -> None:
    for file in (png_claiming(60_000, 60_000), io.BytesIO(b"<svg onload=x()>"), io.BytesIO(b"GIF89a<script>"), io.BytesIO(b"")):
        with pytest.raises(BadPicture):
            upload(actor=officer, file=file, size=100)
    with pytest.raises(BadPicture):
        upload(actor=officer, file=io.BytesIO(b"x"), size=9 * 1024 * 1024)

    assert Picture.objects.count() == 0


def test_visitors_put_in_nothing_and_a_day_has_an_end(officer: Any, visitor: Any, as_: Any, monkeypatch: Any) -> None:
    with pytest.raises(PermissionDenied):
        put(visitor)
    monkeypatch.setattr(actions, "PICTURES_A_DAY", 2)
    put(officer)
    put(officer)
    with pytest.raises(TooManyPictures):
        put(officer)

    assert Picture.objects.count() == 2
    assert as_(None).post("/pictures/", {}).status_code == 302


def test_the_address_answers_with_place_and_size(as_: Any, officer: Any) -> None:
    client, file = as_(officer), SimpleUploadedFile("a.exe", file_of("PNG", size=(40, 30)).getvalue(), "text/html")

    answer = client.post("/pictures/", {"picture": file})

    assert (answer.status_code, answer.json()) == (
        201, {"url": f"/pictures/{Picture.objects.get().uuid}/small", "width": 40, "height": 30},
    )  # fmt: skip
    assert client.post("/pictures/", {}).status_code == 400
    assert client.post("/pictures/", {"picture": SimpleUploadedFile("a.png", b"<html>")}).json()["error"]
    assert client.get("/pictures/").status_code == 405


def test_what_is_not_sent_is_its_owners(as_: Any, officer: Any, colleague: Any, admin: Any) -> None:
    made = put(officer)

    assert [seen(as_(who), made) for who in (officer, colleague, admin, None)] == [200, 404, 404, 404]


def test_it_is_as_readable_as_its_post(
    as_: Any, cop_member: Any, outsider: Any, coordinator: Any, admin: Any, community_c: Any
) -> None:
    made = put(cop_member)
    question = make.ask(cop_member, body=tag(made), visibility="community", community=community_c)

    assert str(made.uuid) in question.body
    strangers = (outsider, coordinator, admin, None)
    assert [seen(as_(who), made, size) for who in strangers for size in ("small", "large")] == [404] * 8
    assert [seen(as_(cop_member), made, size) for size in ("small", "large")] == [200, 200]
    community_c.memberships.all().delete()
    assert seen(as_(cop_member), made) == 404


def test_everybody_sees_what_is_public_and_caches_keep_nothing(as_: Any, officer: Any) -> None:
    made = put(officer)
    make.ask(officer, body=tag(made), visibility="public")
    answer = as_(None).get(f"/pictures/{made.uuid}/large")

    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{made.uuid}.webp"'
    again = as_(None).get(f"/pictures/{made.uuid}/large", HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    for wrong in (f"/pictures/{uuid4()}/small", f"/pictures/{made.uuid}/huge/", f"/pictures/{made.uuid}/", "/pictures/x/small/"):
        assert as_(officer).get(wrong).status_code == 404


def test_nobody_learns_of_pictures_by_putting_their_keys_into_a_text(
    officer: Any, outsider: Any, cop_member: Any, community_c: Any
) -> None:
    loose, hidden, shown = put(outsider), put(cop_member), put(cop_member)
    make.ask(cop_member, body=tag(hidden), visibility="community", community=community_c)
    make.ask(cop_member, body=tag(shown))

    question = make.ask(officer, body=f"{tag(loose)}{tag(hidden)}{tag(shown)}")

    assert [str(one.uuid) in question.body for one in (loose, hidden, shown)] == [False, False, True]
    assert question.versions.get().body == question.body
    loose.refresh_from_db()
    assert loose.thing_id is None


def test_a_draft_keeps_them_and_gives_them_on(as_: Any, officer: Any, outsider: Any) -> None:
    made = put(officer)
    save_draft(actor=officer, title="ถาม", body=tag(made))
    Picture.objects.update(created_at=timezone.now() - timedelta(days=9))
    clear_left_over()
    assert [seen(as_(who), made) for who in (officer, outsider)] == [200, 404]

    make.ask(officer, body=tag(made))

    assert seen(as_(outsider), made) == 200


def test_an_edit_brings_its_pictures_and_a_picture_alone_is_an_answer(as_: Any, officer: Any, outsider: Any) -> None:
    made = put(outsider)
    reply = make.answer(make.ask(officer), outsider, body=tag(made).replace("ก", ""))
    assert reply.text == "ผัง"
    later = put(outsider)

    edit_answer(actor=outsider, answer=reply, body=tag(later))

    assert [seen(as_(officer), one) for one in (made, later)] == [200, 200]


def test_what_nobody_sent_goes_after_two_days(officer: Any, django_capture_on_commit_callbacks: Any) -> None:
    kept, gone, dropped, fresh = put(officer), put(officer), put(officer), put(officer)
    make.ask(officer, body=tag(kept))
    save_draft(actor=officer, title="ถาม", body=tag(dropped))
    discard_draft(actor=officer)
    Picture.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(days=3))

    with django_capture_on_commit_callbacks(execute=True):
        clear_left_over()

    assert set(Picture.objects.all()) == {kept, fresh}
    assert [one.large.storage.exists(str(one.large.name)) for one in (kept, gone, dropped, fresh)] == [True, False, False, True]
