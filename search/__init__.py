"""The core: the domain model, and whatever must be equal when writing and when asking."""
