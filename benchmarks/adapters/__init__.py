"""One file for each tool: what it takes to have it read drafts. Each runs in a process of its own."""
