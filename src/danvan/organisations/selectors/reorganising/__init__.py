"""Reads of reorganisations: what a draft would do, what forbids it, what builds on it, what changed hands."""
