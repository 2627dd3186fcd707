"""Snapshots over time: which figure stood when, from the first one seen to the one that stands."""
