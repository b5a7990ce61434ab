"""A code, and a file shown in public, on which the pages for those who asked are tried."""

from django.core import signing

from danvan.commitments.selectors import codes_of
from danvan.commitments.services import issue_follow_code, show_publicly
from danvan.portal.views.follow import SALT


def asked_about(given, evidence):
    """One commitment that somebody follows, by the names of the pages."""
    issue_follow_code([given], actor=None)
    file = show_publicly(given, words="Mặt đường", evidence=evidence, actor=None)
    note = show_publicly(given, words="Đã đổ bê tông", actor=None)
    return {
        "commitments:withdraw-code": {"pk": given.pk, "code": codes_of(given).get().pk},
        "commitments:hide-publicly": {"pk": given.pk, "note": note.pk},
        "portal:file": {"token": signing.dumps(file.pk, salt=SALT)},
    }
