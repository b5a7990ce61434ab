"""A composed summary as PDF/A-2a: the same pages as print, with structure for who listens to them.

Weasyprint draws with pango, a library of the system. Where it or a serif with every Vietnamese letter is
missing, the refusal says what to install, and everything else of the product works without.
"""

import importlib
import warnings
from typing import Any

from django.template.loader import render_to_string

from danvan.analytics.summary import Summary
from danvan.foundation.errors import RuleError

VARIANT = "pdf/a-2a"
# Equal in width to Times New Roman, which is not free; one of these is embedded.
SERIFS = ("Times-New-Roman", "Liberation-Serif", "Tinos")
NEEDED = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2"


class PdfUnavailableError(RuleError):
    """This machine lacks what PDF files are made with; the message names it."""


def to_pdf(summary: Summary, *, draft: str = "") -> bytes:
    """The summary as the bytes of a PDF. PdfUnavailableError where the system's libraries are missing.

    `draft` is said at the top of every page where the summary is not yet fit to be handed over.
    """
    weasyprint = _loaded()
    page = render_to_string("analytics/review.html", {"summary": summary})
    style = render_to_string("analytics/review.css", {"draft": draft})
    fonts: set[str] = set()
    with warnings.catch_warnings():
        # weasyprint 70 leaves its own colour profile open for the collector
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(
            stylesheets=[weasyprint.CSS(string=style)],
            pdf_variant=VARIANT,
            finisher=lambda _, pdf: fonts.update(_fonts(pdf)),
        )
    _refuse_strange(fonts)
    return content


def _loaded() -> Any:
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as missing:
        raise PdfUnavailableError(
            "Máy chủ chưa có thư viện để tạo tệp PDF. Đồng chí vui lòng đề nghị người quản trị cài các gói "
            f"{NEEDED} (Debian, Ubuntu: apt-get install {NEEDED}); trong lúc chờ, đồng chí dùng bản .docx."
        ) from missing


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"The page asks for {url}, and everything it needs is in it.")


def _fonts(pdf: Any) -> set[str]:
    """The names of the fonts that were embedded."""
    named = (one.get("BaseFont") for one in pdf.objects if isinstance(one, dict))
    return {str(name).lstrip("/").rpartition("+")[2] for name in named if name}


def _refuse_strange(fonts: set[str]) -> None:
    """Letters taken from several fonts look mended: refuse rather than hand out such a page."""
    strange = sorted(name for name in fonts if not name.startswith(SERIFS))
    if strange:
        raise PdfUnavailableError(
            "Máy chủ chưa có phông chữ có chân đủ chữ Việt để tạo tệp PDF. Đồng chí vui lòng đề nghị người quản "
            "trị cài gói fonts-liberation2 (apt-get install fonts-liberation2); trong lúc chờ, đồng chí dùng bản .docx."
        )
