"""kmportal: a community-of-practice portal for government networks."""
