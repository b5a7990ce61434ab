"""Forms of people, grants and second factors."""

from danvan.accounts.forms.people import (
    EndForm,
    GrantForm,
    LendForm,
    NewUserForm,
    PeopleFilter,
    today_first,
)

__all__ = ["EndForm", "GrantForm", "LendForm", "NewUserForm", "PeopleFilter", "today_first"]
