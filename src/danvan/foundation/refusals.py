"""Forms whose act may be refused: the service's sentences stand where they belong."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django import forms

from danvan.foundation.errors import Fault, RuleError

T = TypeVar("T")


class RefusableForm(forms.Form):
    """A form whose act may refuse: each fault goes beside its field, the others above the form."""

    def refuse(self, broken: RuleError) -> None:
        """Show why the act was refused, each sentence once."""
        told = [(fault.column, fault.message) for fault in broken.faults] or [("", broken.message)]
        for column, message in dict.fromkeys(told):
            self.add_error(column if column in self.fields else None, message)


def carried_out(
    form: RefusableForm, act: Callable[[], T], *, also: Callable[[], Iterable[Fault]] = tuple
) -> T | None:
    """What the act gives, where the form is sound and the service did not refuse; else None, told on the form.

    `also` are the faults that the service would find in what is sound: told with the form's own, not a round later.
    """
    if not form.is_bound:
        return None
    if not form.is_valid():
        faults = [one for one in also() if one.column not in form.errors]
        if faults:
            form.refuse(RuleError(faults[0].message, faults=faults))
        return None
    try:
        return act()
    except RuleError as broken:
        form.refuse(broken)
        return None
