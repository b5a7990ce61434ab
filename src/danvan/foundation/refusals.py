"""Forms whose act may be refused: the service's sentences stand where they belong."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from danvan.foundation.errors import RuleError

T = TypeVar("T")


class RefusableForm(forms.Form):
    """A form whose act may refuse: each fault goes beside its field, the others above the form."""

    def refuse(self, broken: RuleError) -> None:
        """Show why the act was refused, each sentence once."""
        told = [(fault.column, fault.message) for fault in broken.faults] or [("", broken.message)]
        for column, message in dict.fromkeys(told):
            self.add_error(column if column in self.fields else None, message)


def carried_out(form: RefusableForm, act: Callable[[], T]) -> T | None:
    """What the act gives, where the form is sound and the service did not refuse; else None, told on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act()
    except RuleError as broken:
        form.refuse(broken)
        return None
