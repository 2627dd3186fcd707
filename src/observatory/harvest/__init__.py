"""The only room with a window: polite HTTP that fills the archive, and only when asked to."""
