"""The edge: a view reads the request, asks the library, chooses a template. No rule lives here."""
