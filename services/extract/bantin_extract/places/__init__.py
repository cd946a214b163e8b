"""Which province and districts an article is about."""
