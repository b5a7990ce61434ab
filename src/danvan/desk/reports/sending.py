"""Kinds of files that reports are taken away as."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def attachment(name: str) -> dict[str, str]:
    """The header that has a browser keep the file under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
