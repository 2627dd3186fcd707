"""What institutions have under way: procedures, consultations, acts and news, and the numbers they go by."""
