"""New records as YAML: from what an editor answers, or a stub for each sentence of a source that nobody has cited."""
