"""How every answer travels: to other sites' pages, compressed, without its body, and past caches that others share."""
