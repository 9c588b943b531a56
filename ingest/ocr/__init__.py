"""Read pictures of pages: render, straighten, recognise by tesseract, compare the numbers.

What is read here is never citable before a person has reviewed it: see ingest/review.py.
"""
