"""Who is named, with which offices."""
