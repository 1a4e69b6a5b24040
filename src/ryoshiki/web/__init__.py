"""The page of ryoshiki and its JSON interface: one more thin shell around the one road."""
