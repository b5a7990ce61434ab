"""The bell of the demonstration: frames that any player reads, the same every time."""

from danvan.demo.ringing import FRAME, GRANULES, HEAD, STROKES, bell


def test_a_bell_is_whole_frames_each_beginning_with_the_same_head():
    made = bell()
    assert len(made) == FRAME * GRANULES * len(STROKES) // 2
    heads = {made[start : start + len(HEAD)] for start in range(0, len(made), FRAME)}
    assert heads == {HEAD}
    assert made == bell()


def test_a_stroke_falls_and_no_frame_leans_on_another():
    made = bell()
    frames = [made[start : start + FRAME] for start in range(0, len(made), FRAME)]
    bits = [f"{int.from_bytes(one[4:21], 'big'):0136b}" for one in frames]
    assert {one[:9] for one in bits} == {"0" * 9}  # where the octets of a frame begin: its own
    gains = [int(one[18 + 21 : 18 + 29], 2) for one in bits]
    half = len(gains) // 2
    assert gains[:half] == sorted(gains[:half], reverse=True)
    assert gains[0] == gains[half] > gains[half - 1]
