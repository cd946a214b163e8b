"""What a query's words name: documents, days, places and people, recognised before any engine is asked."""
