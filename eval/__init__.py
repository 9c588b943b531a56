"""Topics, qrels, runs and measures: how good the search is, in the field's own formats."""
