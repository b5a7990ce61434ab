"""What may be written down of a fault: never words that can quote what a person typed."""

import traceback
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError
from django.template.exceptions import TemplateDoesNotExist, TemplateSyntaxError

WORDS_ARE_SAFE = (
    ImproperlyConfigured,
    ImportError,
    NameError,
    OSError,
    OperationalError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
SOURCES = Path(__file__).resolve().parents[2]
INNERMOST = 3  # so many frames of libraries, besides all of ours


def is_ours(filename: str) -> bool:
    """Whether a frame is of this product."""
    return Path(filename).is_relative_to(SOURCES)


def told(fault: BaseException) -> str:
    """The type of an exception, its words where they are safe, and where it happened."""
    words = f": {fault}" if isinstance(fault, WORDS_ARE_SAFE) else ""
    frames = traceback.extract_tb(fault.__traceback__)[::-1]
    told_frames = [
        frame for place, frame in enumerate(frames) if place < INNERMOST or is_ours(frame.filename)
    ]
    places = " < ".join(
        f"{frame.filename.split('site-packages/')[-1]}:{frame.lineno} {frame.name}"
        for frame in told_frames
    )
    return f"{type(fault).__name__}{words} at {places}"
