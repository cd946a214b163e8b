"""The processes that read pages, with what they may do."""
