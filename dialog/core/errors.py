"""What can be refused, with a name; the web makes a page of it, the command line a line."""


class RefusedError(Exception):
    """Something cannot be done. `args[0]` is a sentence for the user: what is wrong, what to do."""

    @property
    def sentence(self) -> str:
        return str(self.args[0]) if self.args else ""


class IllegalTransitionError(RefusedError):
    """The thing is in a state where this cannot happen; the sentence says what can."""


class WrongInputError(RefusedError):
    """Input with one or more faults; `faults` holds a sentence each, with place and reason."""

    def __init__(self, sentence: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults


class BusyError(RefusedError):
    """Too much is asked at once; the same again in a minute can succeed."""
