"""Files that a reader takes away: kept ones as they were sent, made ones under a name of ours."""

from django.http import FileResponse, Http404, HttpResponse

from danvan.foundation import files
from danvan.foundation.models import StoredFile
from danvan.foundation.workbook import XLSX


def stored_file(stored: StoredFile, name: str, *, gone: str) -> HttpResponse:
    """A kept file to be saved, never shown inside a page; 404 with the sentence `gone` where the disk lost it."""
    try:
        content = files.stream(stored)
    except files.FileLostError:
        raise Http404(gone) from None
    return FileResponse(  # type: ignore[return-value] # Django's streamed responses are a sibling class
        content, as_attachment=True, filename=name, content_type=stored.media_type
    )


def made_file(content: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """A file that was made for the reader, to be saved under `name` (ASCII, with its ending); a workbook unless said."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
