"""The embedded search engine: tantivy in this process, its index in a folder of ours."""
