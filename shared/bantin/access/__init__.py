"""Who may ask: keys with scopes, the file that holds them, and the guard in front of every service's routes."""
