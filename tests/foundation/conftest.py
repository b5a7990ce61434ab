"""What `outside` is made of, for tests that run their own processes; the fixture is one for all tests."""

from tests.outside import SET_UP, Outside

__all__ = ["SET_UP", "Outside"]
