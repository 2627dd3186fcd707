"""Where figures come from: sources, their state and editions, and each figure walked back to its bytes."""
