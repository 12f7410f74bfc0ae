"""Fixtures of the whole suite: settings for tests, and the personas."""

import os

os.environ["KM_TESTING"] = "1"
