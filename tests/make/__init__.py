"""Builders of test data, one module per app, through the real actions where they exist."""
