"""Work on files that strangers made, in a process of its own that may fall over alone.

The libraries that read PDF and pictures are large and written in C. They get a process without our
settings, with bounds for time, memory and what it may write. It knows no Flask and no database.
"""
