"""Reads of people in posts: who holds what, what is vacant, who is in charge of what, bodies for a time."""
