"""EU and international dossiers: standings, timelines, relevance with its reasons, seats. Rules, no people's words."""
