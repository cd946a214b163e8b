"""The query API service: search, articles and the portal over any search engine."""
