"""Days: as printed, of publication, of the event."""
