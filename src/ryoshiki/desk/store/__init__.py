"""Where the desk keeps its records: one database, every change in one transaction and in the journal."""
