"""What Bản Tin's services share: events, the log port, the search port and Vietnamese text."""

__version__ = "0.1.0"
