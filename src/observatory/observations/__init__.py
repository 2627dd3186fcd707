"""The information model: what one observation is, and how millions of them are laid out in columns."""
