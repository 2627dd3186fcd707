"""What an address asks for: a figure, hospitals, observations of several indicators; and what it cannot mean."""
