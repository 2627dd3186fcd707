"""What a reader takes away: files, images, an embedded chart, a citation."""
