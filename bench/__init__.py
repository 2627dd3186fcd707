"""Measurements, with the peers in the same run. The peers live in an environment of their own."""
