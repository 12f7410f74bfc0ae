"""Keys of rows in addresses: `<key:pk>` in place of `<int:pk>`, whose numbers may be larger than a database can compare."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    regex = "[0-9]{1,9}"


register_converter(KeyConverter, "key")
