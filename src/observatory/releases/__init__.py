"""Immutable, content-addressed publications: built aside, swapped in one move, opened read-only."""
