"""What the people of the demonstration read: articles with pictures that are drawn here, approved by somebody else."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from danvan.demo.ringing import bell
from danvan.demo.travelling import Dated
from danvan.demo.work import Seat
from danvan.news.enums import Kind, Part, Speech
from danvan.news.services import (
    ArticleDraft,
    add_picture,
    add_sound,
    approve_article,
    note_read,
    submit_article,
    write_article,
    write_reads,
)
from danvan.organisations.enums import Kind as Organisation

if TYPE_CHECKING:
    from danvan.accounts.models import User

WIDE, HIGH = 960, 540
BELL = "bell"  # what is drawn of an article that rings instead
# When, which kind, of which place (0 the province), title, summary, gain, words, what is told of (a document), pictures.
ARTICLES: tuple[tuple[date, Kind, int, str, str, str, str, str, str], ...] = (
    (date(2026, 9, 14), Kind.PLAIN, 0, "Sáp nhập xã: giấy tờ cũ còn dùng được không?",
     "Căn cước, sổ đỏ, giấy khai sinh đã cấp vẫn dùng bình thường.",
     "Không phải đổi giấy tờ chỉ vì xã đổi tên; khi cần đổi thì không mất lệ phí.",
     ("Giấy tờ do cơ quan cũ cấp vẫn có giá trị đến hết hạn ghi trên giấy.\n\nKhi bà con làm thủ tục khác mà cần giấy mới, cán bộ "
     "tra nơi cũ nay thuộc xã nào và ghi giúp. Bà con không phải xin giấy xác nhận đổi tên xã.\n\nAi bắt bà con đổi giấy hoặc thu "
     "tiền vì việc này, bà con phản ánh tại cổng này."),
     "Nghị quyết về sắp xếp đơn vị hành chính cấp xã", ""),
    (date(2026, 10, 5), Kind.PLAIN, 0, "Hỗ trợ nhà ở sau lũ: ai được, cần giấy gì",
     "Hộ có nhà sập, hư hỏng nặng được hỗ trợ; xã lập danh sách, không phải nộp đơn ở tỉnh.",
     "Được hỗ trợ làm lại nhà; xã đến tận nơi lập biên bản, bà con không mất tiền.",
     ("Ai được: hộ có nhà sập đổ, trôi, hoặc hư hỏng nặng có biên bản của xã.\n\nCần gì: căn cước của chủ hộ; không cần ảnh, không cần "
     "giấy tờ nhà đất.\n\nBao lâu: danh sách niêm yết tại nhà văn hóa bảy ngày, ai thấy sót thì nói với trưởng bản."),
     "Quyết định về chính sách hỗ trợ sau thiên tai", ""),
    (date(2026, 11, 2), Kind.DEED, 1, "Cả bản góp công làm đường ra nương",
     "Bà con góp ngày công, xã góp xi măng; đường rộng ba mét.",
     "Xe máy ra tận nương, mùa mưa không phải gùi.",
     ("Bản họp ba lần mới thống nhất hiến đất. Hộ nào vướng rào thì cả bản cùng chuyển giúp.\n\nViệc tính theo ngày công, ghi bảng ở nhà "
     "văn hóa để ai cũng kiểm tra được."),
     "", "road"),
    (date(2026, 11, 20), Kind.RESULT, 1, "Cầu treo đã thay ván, người và xe qua an toàn",
     "Từ một ý kiến công khai của bà con, xã sửa xong trong ba tháng.",
     "Học sinh đi học mùa mưa không phải vòng bảy cây số.",
     ("Cầu cũ ván mục, có chỗ thủng. Xã thay toàn bộ ván, căng lại cáp và đặt biển giới hạn tải trọng.\n\nBan giám sát đầu tư của cộng "
     "đồng cùng nghiệm thu."),
     "", "bridge"),
    (date(2026, 12, 1), Kind.RESULT, 2, "Chợ xã sạch hơn sau khi có lịch thu gom rác",
     "Xe gom rác vào chợ mỗi chiều; có hai thùng phân loại.",
     "Chợ không còn rác qua đêm, người bán không phải tự đốt.",
     "Sau phản ánh của bà con, xã ký lại lịch thu gom và công khai số điện thoại của tổ vệ sinh.",
     "", "market"),
    (date(2026, 12, 10), Kind.NEWS, 0, "Lịch đối thoại quý I năm 2027 của người đứng đầu cấp ủy, chính quyền",
     "Bà con gửi câu hỏi trước để được trả lời ngay tại chỗ.",
     "Biết trước ngày, nơi đối thoại; gửi câu hỏi không cần tài khoản.",
     ("Lịch của tỉnh và các xã đăng ở mục “Dân bàn”. Câu hỏi gửi trước hạn được xếp vào danh sách trả lời.\n\nAi không đến được thì xem "
     "kết luận và việc đã hứa ở mục “Dân kiểm tra”."),
     "", ""),
    (date(2026, 12, 21), Kind.NEWS, 1, "Xã mở thêm buổi tiếp công dân tại bản xa",
     "Mỗi tháng một buổi tại nhà văn hóa bản, có người nói tiếng Thái.",
     "Đỡ một ngày đi lại cho mỗi lần gặp cán bộ.",
     "Buổi đầu tiên có mười bốn hộ đến, phần nhiều hỏi về đất và hỗ trợ sau lũ.",
     "", ""),
    (date(2026, 12, 22), Kind.NEWS, 0, "Thử nút nghe: một hồi chuông mẫu, chưa có người đọc",
     "Bấm nút nghe, điện thoại phát hai tiếng chuông.",
     "Biết điện thoại, loa thôn, bản có phát được bài nghe của cổng không.",
     ("Bài này chỉ có hai tiếng chuông do máy tạo, để thử nút nghe và loa truyền thanh; chưa phải bài đọc.\n\nKhi có người đọc, "
     "bài nghe tiếng Việt, tiếng Thái, tiếng Mông, tiếng Khơ Mú đăng ở mục “Nghe”."),
     "", BELL),
)  # fmt: skip


class Telling:
    """The articles as they were written, laid before somebody and approved."""

    def __init__(self, seats: Sequence[Seat], people: "dict[str, User]") -> None:
        self.seats, self.people, self.number = seats, people, 0

    def acts(self) -> Iterator[Dated]:
        """Every article on its day, and what was read of them in the last week."""
        ids: list[int] = []
        for row in ARTICLES:
            if row[2] < len(self.seats):
                yield row[0], partial(self._tell, row, ids)
        yield date(2026, 12, 30), partial(_read, ids)

    def _tell(
        self, row: tuple[date, Kind, int, str, str, str, str, str, str], ids: list[int]
    ) -> None:
        _, kind, where, title, summary, gain, text, basis, drawn = row
        seat = self.seats[where]
        article = write_article(
            ArticleDraft(
                unit_id=seat.organisations[Organisation.PEOPLES_COMMITTEE], kind=kind, title=title, summary=summary,
                gain=gain, text=text, basis=basis, source=f"Ủy ban nhân dân {seat.name}", byline="Ban biên tập cổng",
                place_id=seat.place_id,
            ),
            actor=None,
        )  # fmt: skip
        if drawn == BELL:
            add_sound(article, bell(), language=Speech.VIETNAMESE, actor=None)
        elif drawn and kind == Kind.RESULT:
            for part, after in ((Part.BEFORE, False), (Part.AFTER, True)):
                words = _SEEN[drawn][after]
                add_picture(
                    article,
                    scene(drawn, after=after),
                    part=part,
                    alternative=words,
                    caption=words,
                    actor=None,
                )
        elif drawn:
            words = _SEEN[drawn][True]
            add_picture(
                article,
                scene(drawn, after=True),
                part=Part.MAIN,
                alternative=words,
                caption=words,
                actor=None,
            )
        article = submit_article(article, actor=self.people["chuyenvien"])
        approve_article(article, actor=self.people["lanhdao"])
        self.number += 1
        ids.append(article.pk)


_SEEN = {
    "road": ("Đường đất lầy", "Hình vẽ: đường bê tông chạy giữa hai nương ngô"),
    "bridge": ("Hình vẽ: cầu treo cũ, ván gãy nhiều chỗ", "Hình vẽ: cầu treo ván mới, có lan can"),
    "market": ("Hình vẽ: rác chất đống cạnh lán chợ", "Hình vẽ: lán chợ sạch, hai thùng rác phân loại"),
}  # fmt: skip


def scene(name: str, *, after: bool) -> bytes:
    """A plain picture of a place, before or after: drawn, so that the demonstration shows nobody's home."""
    picture = Image.new("RGB", (WIDE, HIGH), "#cfe3ee")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 330), (260, 120), (520, 330)], fill="#7fa38a")
    pen.polygon([(380, 330), (700, 80), (WIDE, 300), (WIDE, 330)], fill="#5f8a70")
    pen.rectangle((0, 330, WIDE, HIGH), fill="#b9cf9a" if name != "bridge" else "#7fb0c9")
    if name == "road":
        pen.polygon(
            [(400, 330), (460, 330), (760, HIGH), (220, HIGH)],
            fill="#c9c9c4" if after else "#8b6b4a",
        )
        for row in range(6):
            pen.line((60 + row * 24, 350, 20 + row * 30, 520), fill="#3f7a3f", width=7)
            pen.line((660 + row * 40, 350, 780 + row * 50, 520), fill="#3f7a3f", width=7)
    elif name == "bridge":
        pen.rectangle((60, 210, 90, 400), fill="#6b6f73")
        pen.rectangle((870, 210, 900, 400), fill="#6b6f73")
        pen.arc((75, 60, 885, 380), 20, 160, fill="#444a50", width=6)
        for step in range(20):
            if after or step % 4 != 1:
                left = 95 + step * 39
                pen.rectangle((left, 372, left + 32, 392), fill="#c89b62" if after else "#7a5a3c")
        if after:
            pen.line((95, 340, 870, 340), fill="#444a50", width=4)
    else:
        pen.rectangle((240, 230, 720, 420), fill="#d9c7a3")
        pen.polygon([(210, 240), (480, 140), (750, 240)], fill="#a9482f")
        if after:
            pen.rectangle((770, 350, 820, 430), fill="#2f7d4f")
            pen.rectangle((835, 350, 885, 430), fill="#d58a1f")
        else:
            for bag in range(9):
                x, y = 720 + bag % 4 * 46, 400 + bag // 4 * 34
                pen.ellipse((x, y, x + 56, y + 44), fill=("#5b5f63", "#8a8f94", "#70614b")[bag % 3])
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _read(ids: list[int]) -> None:
    for place, pk in enumerate(ids):
        for _ in range(9 + 17 * (place * 5 % 7)):
            note_read("article", pk)
    write_reads()
