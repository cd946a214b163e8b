"""Files over HTTP: bodies are read as streams, and every size is counted on the stream."""
