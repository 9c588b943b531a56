"""Originals of masked documents: sealed to a public key, in a folder apart from the home folder.

`age` knows the format, `folder` the files, `lookup` who may open one. Settings are read
with the format alone, so nothing is imported here.
"""
