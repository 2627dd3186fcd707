"""Two countries across indicators, or two indicators across countries."""
