"""Files that a reader takes away: kept ones as they were sent, made ones under a name of ours."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from danvan.foundation import files
from danvan.foundation.caching import keep_nowhere
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


def sealed_file(content: bytes, name: str, media_type: str) -> HttpResponse:
    """An opened file to be saved: shown inside no page, kept by no browser and nothing on the way."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return keep_nowhere(response)
