"""From files to the catalogue: read, split, check, store."""
