"""How dates read where Django and Wagtail format them (settings.FORMAT_MODULE_PATH); our own templates use core.dates."""
