"""The affairs desk: dossiers, consultations, positions, the Board's briefings, and the public pages of them."""
