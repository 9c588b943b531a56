"""The collection in others' formats. Each module: values in, bytes or plain values out.

akoma_ntoso   statutes as Akoma Ntoso 3.0
linked_data   provisions as schema.org/Legislation
reference     provisions and matters as BibTeX, CSL-JSON and RIS
tables        provisions and matters as CSV
"""
