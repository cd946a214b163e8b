"""Who wrote an article, where it was taken from, how often it was read."""
