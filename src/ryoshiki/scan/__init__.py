"""Many posts, from tables and lines to tables: on one machine's cores, or on a cluster. Needs the extra `scan`."""
