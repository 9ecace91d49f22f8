"""What many tests publish, protected once a test process.

Protection takes a second of a core and depends on nothing but the counts and the rules
(`core.disclosure` knows no clock and no chance), and most tests publish the same few rounds.
Whoever wants to be told of its progress has it done anew.
"""

import pickle
from hashlib import sha256

from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.rules import Progress, no_progress
from dialog.results.publishing.material import Material, protect

KEPT: dict[bytes, Protection] = {}


def protect_once(material: Material, *, progress: Progress = no_progress) -> Protection:
    if progress is not no_progress:
        return protect(material, progress=progress)
    key = sha256(pickle.dumps(material)).digest()
    if key not in KEPT:
        KEPT[key] = protect(material)
    return KEPT[key]
