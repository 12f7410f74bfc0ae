"""Pages made ready for their templates: each module fetches what one template shows, in a fixed number of queries."""
