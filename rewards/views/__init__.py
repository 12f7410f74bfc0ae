"""Pages of points and rewards."""
