"""Articles for tests, brought by their acts as far as a test needs them."""

from datetime import date
from types import SimpleNamespace

from danvan.foundation import files
from danvan.news.models import Article, ArticlePicture
from danvan.news.services import (
    ArticleDraft,
    add_picture,
    add_sound,
    approve_article,
    submit_article,
    write_article,
)
from tests.factories.pictures import png
from tests.factories.province import Province, make_grant

TODAY = date(2026, 11, 20)
PUBLIC_PAGES = {"people:article", "people:matter", "people:picture", "people:sound"}
MP3 = b"ID3" + bytes(64)


class Newsroom:
    """A commune with who writes for it and who approves, and who writes elsewhere."""

    def __init__(self):
        self.province = Province()
        self.unit, self.other = self.province.governments[:2]
        self.writer = make_grant(self.unit, "commune_officer")
        self.head = make_grant(self.unit, "leader")
        self.stranger = make_grant(self.other, "commune_officer")


def draft(unit, **more):
    said = {
        "unit_id": unit.pk, "kind": "news", "title": "Hỗ trợ nhà ở sau lũ", "summary": "Ai được, cần giấy gì.",
        "gain": "Hộ bị sập nhà được hỗ trợ tiền làm lại.", "text": "Đoạn một.\n\nĐoạn hai.", "source": "UBND xã",
        "byline": "Ban biên tập",
    }  # fmt: skip
    return ArticleDraft(**{**said, **more})


def written(room, **more):
    return write_article(draft(room.unit, **more), actor=room.writer)


def submitted(room, **more):
    return submit_article(fresh(written(room, **more)), actor=room.writer)


def shown(room, **more):
    return approve_article(submitted(room, **more), actor=room.head)


def with_everything(room, photo, **more):
    article = written(room, **more)
    for part in ("main", "before", "after"):
        add_picture(
            article,
            photo,
            part=part,
            alternative=f"Cầu {part}",
            caption=f"Ảnh {part}",
            actor=room.writer,
        )
    add_sound(article, MP3, language="tai", actor=room.writer)
    return approve_article(submit_article(fresh(article), actor=room.writer), actor=room.head)


def shown_with_sound(room):
    article = written(room)
    add_picture(article, png(), part="main", alternative="Cầu", caption="Cầu", actor=None)
    add_sound(article, MP3, language="vi", actor=None)
    return approve_article(submit_article(fresh(article), actor=room.writer), actor=room.head)


def fresh(article):
    return Article.objects.get(pk=article.pk)


def written_at(government):
    """A draft with a picture, for the tests that open every page."""
    article = write_article(draft(government), actor=None)
    picture = ArticlePicture.objects.create(
        article=article, file=files.keep(png(), media_type="image/png"), alternative="Cầu", caption="Cầu", width=8,
        height=8,
    )  # fmt: skip
    one = {"pk": article.pk}
    room = SimpleNamespace(
        unit=government,
        writer=make_grant(government, "commune_officer"),
        head=make_grant(government, "leader"),
    )
    read = shown_with_sound(room)
    return one, {
        "people:article": {"pk": read.pk},
        "people:picture": {"pk": read.pictures.get().pk},
        "people:sound": {"pk": read.sounds.get().pk},
        "news:picture": one | {"picture": picture.pk},
        "news:act": one | {"slug": "submit"},
        "news:act-approving": one | {"slug": "approve"},
    }
