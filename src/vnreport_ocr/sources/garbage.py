"""How often Python looks for garbage that reference counts do not find, in processes of our own."""

import gc


def collect_rarely() -> None:
    """Look for it after 50,000 new objects, not after hundreds: a repair makes many, hardly any in cycles.

    That is an eighth of the time of a repair, for 1 to 3 MB. Never called by the library: its process is the user's.
    """
    gc.set_threshold(50_000, 20, 50)
