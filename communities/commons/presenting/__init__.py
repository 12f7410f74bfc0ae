"""What pages of shared things show, fetched for their reader."""
