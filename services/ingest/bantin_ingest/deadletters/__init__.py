"""Dead letters: what no stage could process, and what operators decide about it."""
