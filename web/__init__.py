"""The doors: pages, JSON API and the command `tamyeez`."""
