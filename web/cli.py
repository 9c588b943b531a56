"""The command `tamyeez`."""
