"""Pictures with a known truth, built in memory, and what the readers of photos find in them."""
