"""Writes about people in posts: officers, posts, appointments, assignments, training, temporary bodies."""

from danvan.organisations.services.officers.appointing import (
    Appointed,
    Draft,
    appoint,
    appoint_many,
    end_appointment,
    rotate,
)
from danvan.organisations.services.officers.assigning import (
    assign_field,
    assign_place,
    end_assignment,
)
from danvan.organisations.services.officers.importing import (
    ImportedPosts,
    blank_posts_sheet,
    import_posts,
)
from danvan.organisations.services.officers.people import (
    add_officer,
    edit_officer,
    record_training,
)
from danvan.organisations.services.officers.posts import close_post, edit_post, found_post
from danvan.organisations.services.officers.removing import (
    remove_appointment,
    remove_assignment,
    remove_post,
)
from danvan.organisations.services.officers.temporary import (
    end_temporary_body,
    found_temporary_body,
)

__all__ = [
    "Appointed",
    "Draft",
    "ImportedPosts",
    "add_officer",
    "appoint",
    "appoint_many",
    "assign_field",
    "assign_place",
    "blank_posts_sheet",
    "close_post",
    "edit_officer",
    "edit_post",
    "end_appointment",
    "end_assignment",
    "end_temporary_body",
    "found_post",
    "found_temporary_body",
    "import_posts",
    "record_training",
    "remove_appointment",
    "remove_assignment",
    "remove_post",
    "rotate",
]
