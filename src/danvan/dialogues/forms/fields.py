"""Fields as they are written on the pages of dialogues."""

from danvan.commitments.fields import UnitField, look_up, meant

__all__ = ["UnitField", "look_up", "meant"]
