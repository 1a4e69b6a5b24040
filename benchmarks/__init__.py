"""What ryoshiki finds, how fast, and what other tools do with the same drafts. Run by `make bench`."""
