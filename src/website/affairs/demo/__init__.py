"""The demo desk: an account a role with a password of the day, and made-up items that say they are made up."""
