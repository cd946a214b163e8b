"""Search: one port and one query model, an Elasticsearch adapter and an embedded tantivy one."""
