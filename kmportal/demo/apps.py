from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kmportal.demo"
    label = "demo"
