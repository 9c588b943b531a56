"""What whoever runs the server needs: probes, metrics, logs, and its names.

Knows HTTP. Knows nothing of pages, and keeps nothing of what readers ask.
"""
