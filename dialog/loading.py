"""Loading: what is loaded stays until the process ends, so nobody looks for garbage among it.

Loading the staff application makes half a million objects, and Python would go through all of them
again and again meanwhile, and once more with every later look and at the end.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def to_stay() -> Iterator[None]:
    """What is loaded here is passed over when Python looks for garbage, then and later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
