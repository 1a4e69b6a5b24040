"""The consent ledger: who agreed that which picture or event is shown where, until when; and who took it back."""
