"""Installs a bundle on a machine without a network; needs nothing but Python's own library.

    checking.py   the bundle is whole, and nothing is in it that is not listed
    releases.py   releases beside one another, the one in use, the way back
    data.py       what an upgrade asks of the data: a copy before it, a server that has stopped
    system.py     account, unit and settings of a machine that runs systemd
    main.py       arguments in, lines out

It travels inside the bundle and inside every release, where nothing else of Tamyeez can be
imported yet; so it imports none of it.
"""
