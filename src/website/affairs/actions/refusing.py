"""What an act refuses, in words for whoever filled in the form."""


class Refused(Exception):
    """An act that cannot be done as asked; `field` names the part of the form that says so."""

    def __init__(self, problem: str, *, field: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.field = field
