"""The Observatory as a whole: front page, about, methodology, updates, and addresses for machines."""
