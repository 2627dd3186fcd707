"""What came, before anyone knows its format: bytes, packed or not, in some encoding, or an excuse."""
