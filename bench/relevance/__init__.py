"""How well searches rank: both engines beside Elasticsearch's plain `standard` analyzer, on judged queries."""
