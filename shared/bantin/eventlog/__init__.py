"""The log: one port, a Kafka adapter for production and an SQLite one that needs nothing but Python."""
