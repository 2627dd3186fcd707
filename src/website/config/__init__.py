"""Settings, addresses and the WSGI application: the only place where rooms meet."""
