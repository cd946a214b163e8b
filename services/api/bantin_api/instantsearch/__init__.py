"""The multi-query protocol that InstantSearch widgets speak, translated to and from our queries."""
