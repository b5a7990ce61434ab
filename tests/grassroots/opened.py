"""Which matter each page is tried on, for the tests that open every page."""

from datetime import date

from danvan.grassroots.services import add_comments, close_comments
from tests.grassroots import matters
from tests.reporting.months import PNG


def gathered_at(government):
    """A draft of which the commune asks its people, with a posting, a comment and a photograph."""
    matters.load_kinds()
    matter = matters.entered(government, "YK02", title="Kế hoạch sử dụng đất")
    matter = matters.published(matter, on=date(2026, 10, 5), evidence=[("anh.png", PNG)])
    comment = add_comments(matter, gist="Giữ đất chợ", number=12, actor=None)
    one = {"pk": matter.pk}
    return one, {
        "grassroots:posting-end": one | {"posting": matter.postings.first().pk},
        "grassroots:comment": one | {"comment": comment.pk},
        "grassroots:file": one | {"file": matter.files.get().pk},
        "grassroots:minutes": decided_at(government),
    }


def decided_at(government):
    """A draft whose comments were counted: its minutes can be read."""
    matter = matters.published(matters.entered(government, "YK01", title="Kế hoạch"))
    close_comments(matter, on=matters.TODAY, actor=None)
    return {"pk": matter.pk}
