"""What every page has in common: one answer for one address, failures that say what to do instead, the same words."""
