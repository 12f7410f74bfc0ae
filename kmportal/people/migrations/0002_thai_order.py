"""Agencies and people in the order of Thai dictionaries: the column, and what it holds for those that are there."""

from typing import Any

from django.db import migrations

import kmportal.core.thai_order
from kmportal.core.thai_order import order_key
from kmportal.people.names import person_order


def fill(apps: Any, schema_editor: Any) -> None:
    for agency in apps.get_model("people", "Agency").objects.order_by("pk").iterator():
        type(agency).objects.filter(pk=agency.pk).update(order=order_key(agency.name))
    for person in apps.get_model("people", "Person").objects.order_by("pk").iterator():
        key = order_key(person_order(person.given_name, person.family_name))
        type(person).objects.filter(pk=person.pk).update(order=key)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="agency", options={"ordering": ["order", "pk"], "verbose_name": "agency", "verbose_name_plural": "agencies"}
        ),
        migrations.AlterModelOptions(
            name="person", options={"ordering": ["order", "pk"], "verbose_name": "person", "verbose_name_plural": "people"}
        ),
        migrations.AddField("agency", "order", kmportal.core.thai_order.ThaiOrder(db_index=False, default=b"")),
        migrations.AddField("person", "order", kmportal.core.thai_order.ThaiOrder(db_index=False, default=b"")),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        # After the rows are written: PostgreSQL makes no index on a table with pending changes.
        migrations.AlterField("agency", "order", kmportal.core.thai_order.ThaiOrder(db_index=True, default=b"")),
        migrations.AlterField("person", "order", kmportal.core.thai_order.ThaiOrder(db_index=True, default=b"")),
    ]
