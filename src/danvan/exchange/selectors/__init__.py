"""Reads for the exchange: who is meant by a uid, and the figures that go out."""

from danvan.exchange.selectors.finding import UnitsMeant, units_meant

__all__ = ["UnitsMeant", "units_meant"]
