"""What holds for all tests: no test is timed, for machines are shared."""

from hypothesis import settings

from tests.stores import postgres, store, url

__all__ = ["postgres", "store", "url"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
