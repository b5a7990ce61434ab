"""Finding what says the same: recall on seven distortions of 300 petitions among 10,000, by the scan and by the blocks.

The distortions are those of a person who writes again: without tones, one word in eight mistyped, one in ten and one in
four replaced, another greeting and closing, the halves swapped, cut to three fifths. The same texts go through both ways;
neither touches the database, so that what is measured is the comparing alone. Then the scan at 100,000 texts.
"""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from danvan.petitions.selectors.blocks import Blocks
from danvan.petitions.selectors.duplicates import BLOCK_CANDIDATES, LEAST
from danvan.petitions.selectors.likeness import Scan, alike, features_of
from danvan.vietnamese.text import fold

TEXTS, ORIGINALS, MANY = 10_000, 300, 100_000
PLACES = [
    "Xiềng",
    "Huồi",
    "Nậm",
    "Pốc",
    "Mộ",
    "Tam",
    "Quang",
    "Yên",
    "Thắng",
    "Lượng",
    "Minh",
    "Xá",
    "Châu",
    "Khê",
    "Môn",
    "Sơn",
    "Lục",
    "Dạ",
    "Bồng",
    "Đôn",
    "Phục",
    "Cam",
    "Lâm",
    "Thạch",
    "Ngàn",
]
THINGS = [
    "cầu treo",
    "đường bê tông",
    "đường liên bản",
    "kênh mương",
    "trạm y tế",
    "trường mầm non",
    "nhà văn hóa",
    "trạm biến áp",
    "cột điện",
    "bãi rác",
    "mỏ đá",
    "lò gạch",
    "trại lợn",
    "hồ chứa nước",
    "đất nương",
    "đất ở",
    "sổ đỏ",
    "tiền đền bù",
    "rừng phòng hộ",
    "chợ phiên",
    "cống thoát nước",
    "nước sạch",
    "hộ nghèo",
    "thẻ bảo hiểm",
    "trợ cấp người cao tuổi",
    "chế độ thương binh",
    "nhà tạm",
    "bến đò",
    "quán hát",
    "xe quá tải",
]
FACTS = [
    "đã hỏng từ trận lũ {d} mà chưa ai sửa",
    "bị sạt lở {n} đoạn, xe máy không qua được",
    "gây ồn từ {n} giờ sáng đến đêm khuya",
    "xả nước thải đen ra suối, cá chết nổi trắng",
    "thu của mỗi hộ {n} triệu đồng không có biên lai",
    "làm xong {d} nhưng nghiệm thu sơ sài",
    "đo thiếu {n} mét vuông so với thực tế",
    "cấp cho người nhà cán bộ, người khó khăn không có tên",
    "hẹn {n} lần vẫn chưa trả kết quả",
    "chặn lối đi chung của {n} hộ dân",
    "chưa chi trả theo quyết định ngày {d}",
    "không công khai danh sách tại nhà văn hóa",
    "cháy {n} lần trong mùa khô",
    "lấn sang phần đất gia đình canh tác từ năm {y}",
    "mất mùa {n} vụ liền vì thiếu nước",
    "đã phản ánh tại cuộc họp ngày {d}",
    "trẻ em phải đi vòng {n} cây số",
    "tiếng ồn và bụi làm người già ốm phải nằm viện",
    "cán bộ trả lời không đúng nội dung hỏi",
    "hồ sơ nộp ngày {d} bị thất lạc",
]
ASKS = [
    "đề nghị kiểm tra, trả lời bằng văn bản",
    "mong xã bố trí kinh phí sửa trước mùa mưa",
    "yêu cầu đo lại có mặt các hộ liền kề",
    "đề nghị công khai danh sách và căn cứ xét",
    "mong được đối thoại trực tiếp với lãnh đạo",
    "đề nghị đình chỉ cho đến khi khắc phục xong",
    "xin được xem xét theo hoàn cảnh gia đình",
    "yêu cầu hoàn trả số tiền đã thu",
]


def run(*, many: bool = True) -> dict[str, Any]:
    """Recall of both ways on each distortion, hits that are none a question, and how long a question takes; of `many` too."""
    draw = random.Random(20261130)
    texts = [_petition(draw) for _ in range(TEXTS)]
    scan, scan_seconds = _built(Scan(), texts)
    blocks, block_seconds = _built(Blocks(), texts)
    originals = draw.sample(range(TEXTS), ORIGINALS)
    features = [features_of(one) for one in texts]
    recall: dict[str, dict[str, float]] = {"scan": {}, "blocks": {}, "blocks_confirmed": {}}
    times: dict[str, list[float]] = {"scan": [], "blocks": []}
    others = 0
    for name, distort in DISTORTIONS.items():
        hits = dict.fromkeys(recall, 0)
        for pk in originals:
            asked = distort(draw, texts[pk])
            found = _timed(
                times["scan"], lambda asked=asked: scan.nearest(asked, least=LEAST, most=1_000)
            )
            hits["scan"] += any(one == pk for one, _ in found)
            others += sum(one != pk for one, _ in found)
            near, sure = _timed(
                times["blocks"], lambda asked=asked: _confirmed(blocks, features, asked)
            )
            hits["blocks"] += pk in near
            hits["blocks_confirmed"] += pk in sure
        for way, number in hits.items():
            recall[way][name] = round(number / ORIGINALS, 4)
    told = {way: _told(one) for way, one in times.items()}
    return {
        "texts": TEXTS,
        "questions": ORIGINALS * len(DISTORTIONS),
        "recall": recall,
        "recall_all": {way: round(statistics.mean(one.values()), 4) for way, one in recall.items()},
        "others_a_question_scan": round(others / (ORIGINALS * len(DISTORTIONS)), 3),
        "milliseconds": told,
        "build_seconds": {"scan": scan_seconds, "blocks": block_seconds},
        "bytes_a_text": {"scan": _each(scan), "blocks": _each(blocks)},
        **({"many": _many(draw)} if many else {}),
    }


def _many(draw: random.Random) -> dict[str, Any]:
    """The scan and the blocks at as many texts as the scan is meant for."""
    texts = [_petition(draw) for _ in range(MANY)]
    asked = [_no_tones(draw, one) for one in draw.sample(texts, 100)]
    told: dict[str, Any] = {"texts": MANY}
    for name, index in (("scan", Scan()), ("blocks", Blocks())):
        built, seconds = _built(index, texts)
        times: list[float] = []
        for one in asked:
            if isinstance(built, Scan):
                _timed(
                    times, lambda one=one, built=built: built.nearest(one, least=LEAST, most=1_000)
                )
            else:
                _timed(times, lambda one=one, built=built: built.near(one, most=BLOCK_CANDIDATES))
        told[name] = {
            "milliseconds": _told(times), "build_seconds": seconds, "megabytes": round(built.size / 1e6, 1)
        }  # fmt: skip
    return told


def _built(index: Any, texts: list[str]) -> tuple[Any, float]:
    began = time.perf_counter()
    for first in range(0, len(texts), 20_000):
        index.add(list(enumerate(texts))[first : first + 20_000])
    return index, round(time.perf_counter() - began, 2)


def _confirmed(blocks: Blocks, features: list[Any], asked: str) -> tuple[list[int], set[int]]:
    near = blocks.near(asked, most=BLOCK_CANDIDATES)
    scores = alike(features_of(asked), [features[pk] for pk in near], blocks.weights)
    return near, {pk for pk, score in zip(near, scores, strict=True) if score >= LEAST}


def _timed(times: list[float], act: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    found = act()
    times.append((time.perf_counter() - began) * 1_000)
    return found


def _told(times: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(times), 2),
        "p95": round(statistics.quantiles(times, n=20)[-1], 2),
    }


def _each(index: Scan | Blocks) -> int:
    return round(index.size / len(index))


def _petition(draw: random.Random) -> str:
    """A petition of about 60 to 120 words: where, what, what happened, what is asked."""
    place = f"bản {draw.choice(PLACES)} {draw.choice(PLACES)}, xã {draw.choice(PLACES)} {draw.choice(PLACES)}"
    lines = [
        f"Tôi ở {place} xin phản ánh về {draw.choice(THINGS)} tại {draw.choice(PLACES)} {draw.choice(PLACES)}."
    ]
    for fact in draw.sample(FACTS, draw.randint(4, 7)):
        day, year = f"{draw.randint(1, 28)}/{draw.randint(1, 12)}", draw.randint(1990, 2025)
        said = fact.format(d=day, n=draw.randint(2, 90), y=year)
        lines.append(f"{draw.choice(THINGS).capitalize()} ở {draw.choice(PLACES)} {said}.")
    lines.append(f"Tôi {draw.choice(ASKS)}.")
    return " ".join(lines)


def _no_tones(draw: random.Random, text: str) -> str:
    del draw
    return fold(text)


def _mistyped(draw: random.Random, text: str) -> str:
    words = text.split()
    for at in draw.sample(range(len(words)), round(len(words) * 0.12)):
        word = words[at]
        spot = draw.randrange(len(word))
        words[at] = (
            word[:spot] + draw.choice("abcdeghiklmnopqrstuvxy") + word[spot + draw.randint(0, 1) :]
        )
    return " ".join(words)


def _replaced(share: float) -> Callable[[random.Random, str], str]:
    def replace(draw: random.Random, text: str) -> str:
        words = text.split()
        other = _petition(draw).split()
        for at in draw.sample(range(len(words)), round(len(words) * share)):
            words[at] = draw.choice(other)
        return " ".join(words)

    return replace


def _greeted(draw: random.Random, text: str) -> str:
    del draw
    return (
        f"Kính gửi đồng chí Chủ tịch Ủy ban nhân dân, tôi viết đơn này mong được quan tâm. {text} Tôi xin chân thành cảm ơn "
        "và mong sớm nhận được hồi âm của các đồng chí."
    )


def _swapped(draw: random.Random, text: str) -> str:
    del draw
    words = text.split()
    half = len(words) // 2
    return " ".join(words[half:] + words[:half])


def _cut(draw: random.Random, text: str) -> str:
    words = text.split()
    kept = round(len(words) * 0.6)
    first = draw.randint(0, len(words) - kept)
    return " ".join(words[first : first + kept])


DISTORTIONS: dict[str, Callable[[random.Random, str], str]] = {
    "no_tones": _no_tones,
    "mistyped_12": _mistyped,
    "replaced_10": _replaced(0.10),
    "replaced_25": _replaced(0.25),
    "greeting_closing": _greeted,
    "halves_swapped": _swapped,
    "cut_to_60": _cut,
}
