"""`make bench`: what pages cost. Times are CPU times and stand beside a floor measured in the same run: compare ratios, not milliseconds."""
