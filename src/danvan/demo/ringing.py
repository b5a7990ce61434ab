"""A bell of two strokes as an MP3 file, made here: something to listen to where nobody has read an article aloud yet.

MPEG-1 Layer III, one channel, 44.1 kHz, 32 kbit/s (ISO/IEC 11172-3). Each of the 576 lines of a granule is one tone of
(line + 1/2) * 38.28 Hz; a stroke is one line whose sign turns as the phase of that tone does, and whose gain falls.
"""

from collections.abc import Iterator

HEAD = bytes((0xFF, 0xFB, 0x10, 0xC0))
FRAME = 104  # octets: 144 * 32000 / 44100
GRANULES = 76  # of a stroke, 13 ms each
LOUD, FALL = (
    203,
    3,
)  # the gain of the first granule; every so many granules it is one step (1.5 dB) less
TURN = (0, 1, 1, 0)  # the signs of four granules: a quarter of a turn each
STROKES = (17, 13)  # 670 Hz, then 517 Hz: lines of the lowest subband


def bell() -> bytes:
    """The file; the same octets every time."""
    granules = [one for line in STROKES for one in _stroke(line)]
    pairs = zip(granules[::2], granules[1::2], strict=True)
    return b"".join(_frame(first, second) for first, second in pairs)


def _stroke(line: int) -> Iterator[tuple[str, str]]:
    """The side information and the lines of each granule of a stroke, as bits."""
    for number in range(GRANULES):
        sign = str(TURN[number % 4])
        # table 1: "1" is a pair of noughts, "01" one and nought, "001" nought and one; a sign follows each one
        lines = "1" * (line // 2) + ("001" if line % 2 else "01") + sign
        gain = LOUD - number // FALL
        told = f"{len(lines):012b}{line // 2 + 1:09b}{gain:08b}"
        yield f"{told}{0:04b}0{1:05b}{1:05b}{1:05b}{7:04b}{7:03b}000", lines


def _frame(first: tuple[str, str], second: tuple[str, str]) -> bytes:
    """A frame that stands for itself: nothing of it is kept in another."""
    side = f"{0:09b}{0:05b}{0:04b}{first[0]}{second[0]}"
    bits = (side + first[1] + second[1]).ljust((FRAME - len(HEAD)) * 8, "0")
    return HEAD + int(bits, 2).to_bytes(FRAME - len(HEAD), "big")
