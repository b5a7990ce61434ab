"""Photographs that people send: made small, and nothing left in them but the picture.

A file is drawn anew from its pixels, so that where and when it was taken, by which telephone, and whatever else hides
in it stay behind.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from danvan.foundation.errors import RuleError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 15 * 1024 * 1024  # of what a telephone takes
MOST_PIXELS = 25_000_000  # decoded whole they fill a hundred megabytes
SIDE = 1_280  # the longer side of what is kept
KEPT_BYTES = 160_000
QUALITIES = (72, 60, 48, 36)
NO_PHOTO = (
    "Tệp này không phải ảnh chụp đọc được. Bà con vui lòng chọn ảnh JPG, PNG hoặc WEBP, hoặc gửi không kèm ảnh; việc vẫn "
    "được nhận như thường."
)
TOO_LARGE = (
    "Ảnh này lớn quá nên trang không nhận được: nhiều nhất 15 MB và 25 triệu điểm ảnh. Bà con vui lòng chọn ảnh nhỏ hơn "
    "(máy ảnh để ở cỡ thường), hoặc gửi không kèm ảnh; việc vẫn được nhận như thường."
)


def cleaned_photo(content: bytes) -> bytes:
    """The picture as a small JPEG without anything else that was in the file; RuleError where it is none.

    How large it is tells its head, before any pixel is read.
    """
    refuse_heavy(len(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise RuleError(TOO_LARGE)
                drawn = _flat(ImageOps.exif_transpose(_shrunk(opened)))
    except Image.DecompressionBombError:
        raise RuleError(TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise RuleError(NO_PHOTO) from None
    return _small(drawn)


def refuse_heavy(size: int) -> None:
    """RuleError for a file of more bytes than a photograph may have; it need not be read for that."""
    if size > MOST_BYTES:
        raise RuleError(TOO_LARGE)


def thumbnail_of(photo: bytes, side: int = 240) -> bytes:
    """A cleaned photograph still smaller, to be shown before it is sent."""
    with Image.open(BytesIO(photo), formats=("JPEG",)) as opened:
        opened.thumbnail((side, side))
        return _as_jpeg(opened.convert("RGB"), QUALITIES[0])


def _shrunk(picture: Image.Image) -> Image.Image:
    """As small as it is kept, before anything is drawn from it; a JPEG is not even read larger than twice that."""
    whole = picture if picture.mode in ("L", "RGB", "RGBA", "CMYK") else picture.convert("RGBA")
    whole.thumbnail((SIDE, SIDE))
    return whole


def _flat(picture: Image.Image) -> Image.Image:
    """Its pixels alone, on white where it lets through what is behind."""
    seen = picture.convert("RGBA")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def _small(picture: Image.Image) -> bytes:
    for quality in QUALITIES:
        made = _as_jpeg(picture, quality)
        if len(made) <= KEPT_BYTES:
            break
    return made


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
