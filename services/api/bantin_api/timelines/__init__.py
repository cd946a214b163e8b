"""Everything that cites a document or names somebody, as a timeline."""
