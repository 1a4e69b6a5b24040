"""A person's own archive of what they posted: read on their own machine, reviewed, looked back on."""
