"""Dialog. The staff application is wired in `application`, the ballot box in `ballotbox`.

Nothing is imported here: a process of the ballot box must not load the staff application's code.
"""
