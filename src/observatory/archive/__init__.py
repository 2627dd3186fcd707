"""Bytes as received: content-addressed, with an origin record beside each, never altered."""
