"""What outlets share, change and leave out: pure functions over texts, spans and findings."""
