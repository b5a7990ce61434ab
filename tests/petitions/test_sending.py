"""What people send without an account: written down once, at the office of the place, nothing of it lost or told on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from danvan.commitments.models import FollowCode
from danvan.foundation import sealed_files
from danvan.foundation.errors import RuleError
from danvan.foundation.photos import KEPT_BYTES, SIDE, cleaned_photo, thumbnail_of
from danvan.foundation.sealing import unseal
from danvan.organisations.models import Unit
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.models import Paper, PaperFile, Petition, Petitioner, PublicPetition
from danvan.petitions.selectors import office_for, petition_behind, sounds_like_denunciation
from danvan.petitions.services import SendDraft, photo_to_keep, send_matter, sending
from danvan.petitions.services.sending import IDENTITY_CARD
from danvan.topics.services import load_topics
from tests.factories.pictures import png
from tests.once import once, own
from tests.petitions.papers import Office, member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TEXT = "Ngầm tràn bản Xiềng bị lở một bên, xe máy qua rất nguy hiểm. Đề nghị xã sửa trước mùa mưa."
_office = once(Office, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


def sent(office, *, seed="phiếu 1", **more):
    draft = SendDraft(**{"text": TEXT, "place_id": office.province.communes[0].pk, **more})
    return send_matter(draft, seed=seed)


def faults_of(office, **more):
    with pytest.raises(RuleError) as broken:
        sent(office, **more)
    assert not Paper.objects.exists()
    assert not FollowCode.objects.exists()
    return {one.column: one.message for one in broken.value.faults}


def photo(size=(3000, 2000), kind="JPEG", colour="green"):
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "MAY-CHUP-CUA-TOI"
    exif.get_ifd(0x8825)[2] = (18.0, 59.0, 1.0)
    Image.new("RGB", size, colour).save(made, kind, exif=exif)
    return made.getvalue()


def test_words_alone_become_a_petition_of_the_office_of_the_place_behind_a_code(office):
    told = sent(office)
    petition = Petition.objects.get()
    assert (petition.number, petition.pk) == (told.number, told.petition_id)
    assert petition.unit_id == office.unit.pk
    assert petition.kind == Kind.PROPOSAL
    assert petition.title == "Ngầm tràn bản Xiềng bị lở một bên, xe máy qua rất nguy hiểm"
    assert [one.words for one in petition.requests.all()] == ["Đề nghị xã sửa trước mùa mưa"]
    assert (petition.paper.channel, petition.paper.anonymous) == (Channel.PORTAL, True)
    assert petition.paper.received_on == TODAY
    assert petition.wants_public is False
    assert petition.paper.entered_by is None
    behind = petition_behind(told.slip.code)
    assert behind is not None
    assert behind.petition == petition
    assert told.slip.code.replace("-", "") not in str(FollowCode.objects.values().get())
    assert FollowCode.objects.get().asked == ""


def test_everything_that_was_said_is_kept_and_who_said_it_is_sealed(office):
    told = sent(
        office, kind=Kind.FEEDBACK, title="Ngầm tràn", spot="Đầu bản", latitude=Decimal("18.98"),
        longitude=Decimal("104.75"), name="Vi Thị Mai", phone="0912 345 678", email="mai@nha.vn",
        address="Bản Xiềng", wants_public=True,
    )  # fmt: skip
    petition = Petition.objects.get(number=told.number)
    assert (petition.kind, petition.title, petition.spot) == (Kind.FEEDBACK, "Ngầm tràn", "Đầu bản")
    assert (petition.latitude, petition.longitude) == (Decimal("18.98"), Decimal("104.75"))
    assert petition.wants_public is True
    assert petition.paper.anonymous is False
    person = Petitioner.objects.get()
    assert unseal(person.key, person.phone, name="petitioner.phone") == "0912345678"
    assert unseal(person.key, person.email, name="petitioner.email") == "mai@nha.vn"
    for words in ("Mai", "0912", "mai@nha.vn"):
        assert words not in str(list(Petition.objects.values()))
        assert words not in str(list(Paper.objects.values()))


def test_only_what_its_sender_chose_to_be_public_is_asked_to_be_so_and_never_a_complaint(office):
    sent(office)
    sent(office, seed="2", wants_public=True, kind=Kind.COMPLAINT)
    assert not PublicPetition.objects.exists()
    told = sent(office, seed="3", wants_public=True)
    assert PublicPetition.objects.get().petition_id == told.petition_id


def test_two_who_leave_a_telephone_and_no_name_are_not_taken_for_one(office):
    sent(office, phone="0912345678")
    sent(office, phone="0987654321", seed="phiếu 2")
    first, second = Petitioner.objects.order_by("pk")
    assert first.name_mark != second.name_mark
    assert unseal(first.key, first.name, name="petitioner.name") == "Không ghi tên"
    assert set(Paper.objects.values_list("anonymous", flat=True)) == {True}


def test_the_same_form_sent_twice_is_one_petition_and_the_same_slip(office):
    first, again = sent(office), sent(office)
    assert first == again
    assert Petition.objects.count() == 1
    other = sent(office, text=TEXT + " Xin cảm ơn.")
    assert other.slip != first.slip
    assert Petition.objects.count() == 2


def test_a_slip_whose_code_was_withdrawn_is_given_again_and_opens_nothing(office):
    first = sent(office)
    FollowCode.objects.update(withdrawn_on=TODAY)
    again = sent(office)
    assert (again.slip, again.number, again.petition_id) == (first.slip, "", None)


def test_two_that_come_at_one_moment_are_one(office, monkeypatch):
    first, standing = sent(office), sending.standing_own_code
    monkeypatch.setattr(sending, "standing_own_code", _late(standing))
    assert sent(office) == first
    assert Petition.objects.count() == 1


def _late(standing):
    """What a process sees that asked before the other had written: nothing at first."""
    asked = []

    def look(seed):
        asked.append(seed)
        return None if len(asked) == 1 else standing(seed)

    return look


def test_another_fault_of_the_database_is_not_taken_for_a_second_sending(office, monkeypatch):
    def broken(*_, **__):
        raise IntegrityError

    monkeypatch.setattr(sending, "receive_paper", broken)
    with pytest.raises(IntegrityError):
        sent(office)


@pytest.mark.parametrize(
    ("said", "column", "words"),
    [
        ({"text": " "}, "text", "ghi điều muốn nói"),
        ({"text": "a" * 10_001}, "text", "dài quá 10.000"),
        ({"title": "a" * 301}, "title", "dài quá 300"),
        ({"spot": "a" * 201}, "spot", "dài quá 200"),
        ({"name": "a" * 121}, "name", "dài quá 120"),
        ({"phone": "12"}, "phone", "bắt đầu bằng 0"),
        ({"email": "a@b"}, "email", "ten@noi.vn"),
        ({"email": "a@b.vn,c@d.vn"}, "email", "ten@noi.vn"),
        ({"email": '"><b>@nha.vn'}, "email", "ten@noi.vn"),
        ({"kind": "denunciation"}, "kind", "chọn lại loại"),
        ({"language": "xx"}, "language", "chọn lại ngôn ngữ"),
        ({"topic_id": 987654}, "topic", "chọn lại"),
        ({"place_id": 987654}, "place", "chọn lại"),
        ({"latitude": Decimal(1)}, "point", "chọn lại"),
        ({"latitude": Decimal(91), "longitude": Decimal(1)}, "point", "chọn lại"),
        ({"text": TEXT + " http://a.vn www.b.vn cc.com https://d.vn"}, "text", "nhiều đường dẫn"),
        ({"text": TEXT, "spot": "http://a.vn x.com", "name": "www.b.vn so.gov.vn."}, "text", "nhiều đường dẫn"),
        ({"text": "\x01\x02\x07" * 9}, "text", "ghi điều muốn nói"),
        ({"text": "Tôi tố cáo ông chủ tịch xã"}, "denounces", "hòm thư kín"),
        ({"photos": (b"<svg xmlns='http://www.w3.org/2000/svg'/>",)}, "photos", "không phải ảnh"),
        ({"photos": (b"<html>",) * 4}, "photos", "nhiều nhất 3 ảnh"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_words_for_people_and_nothing_is_kept(office, said, column, words):
    assert words in faults_of(office, **said)[column]


def test_every_fault_is_told_at_once(office):
    assert set(faults_of(office, text="", phone="1", email="x", place_id=987654)) == {
        "text", "phone", "email", "place",
    }  # fmt: skip


def test_who_says_that_it_is_no_denunciation_may_send_it(office):
    sent(office, text="Xã làm tốt việc chống tham nhũng, đề nghị các xã khác làm theo.", plain=True)
    assert Petition.objects.count() == 1
    assert sounds_like_denunciation("Chúng tôi TỐ CÁO ông A")
    assert not sounds_like_denunciation("Đường hỏng, đề nghị sửa")


def test_words_are_kept_without_the_marks_that_other_programs_leave(office):
    sent(office, text="Đường\x07 hỏng\x02 nặng\u202e, \u200bđề nghị sửa", spot="đầu\x0b bản")
    kept = Petition.objects.get()
    assert kept.text == "Đường hỏng nặng, đề nghị sửa"
    assert kept.spot == "đầu\n bản"


def test_a_title_stands_on_one_line(office):
    sent(office, title="  Ngầm\r\ntràn \t bản Xiềng\n")
    assert Petition.objects.get().title == "Ngầm tràn bản Xiềng"


def test_markup_stays_words(office):
    sent(office, text="<script>alert(1)</script> đường hỏng")
    assert Petition.objects.get().text == "<script>alert(1)</script> đường hỏng"


def test_a_photograph_is_kept_small_sealed_and_without_where_it_was_taken(office):
    sent(office, photos=(photo(), photo(kind="PNG")))
    kept = [sealed_files.read(one.file) for one in PaperFile.objects.order_by("pk")]
    assert len(kept) == 2
    for content in kept:
        with Image.open(BytesIO(content)) as shown:
            assert shown.format == "JPEG"
            assert max(shown.size) == SIDE
            assert dict(shown.getexif()) == {}
        assert b"MAY-CHUP" not in content
        assert len(content) <= KEPT_BYTES


def test_a_busy_picture_is_made_as_small_as_it_goes_and_a_thumbnail_smaller(office):
    noise = Image.effect_noise((1600, 1600), 120).convert("RGB")
    made = BytesIO()
    noise.save(made, "JPEG", quality=95)
    cleaned = cleaned_photo(made.getvalue())
    assert len(cleaned) < len(made.getvalue()) / 2
    with Image.open(BytesIO(thumbnail_of(cleaned))) as shown:
        assert shown.size == (240, 240)


def test_a_picture_that_would_fill_the_memory_is_refused(settings, monkeypatch):
    for limit in ("MOST_PIXELS", "MOST_BYTES"):
        with monkeypatch.context() as small:
            small.setattr(f"danvan.foundation.photos.{limit}", 100)
            with pytest.raises(RuleError, match="lớn quá"):
                cleaned_photo(photo())
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 100)
    with pytest.raises(RuleError, match="lớn quá"):
        cleaned_photo(photo())
    for broken in (b"", b"\xff\xd8\xff\xe0 rest", photo()[:300]):
        with pytest.raises(RuleError, match="không phải ảnh"):
            cleaned_photo(broken)


def test_how_large_a_picture_is_tells_its_head_before_a_pixel_is_read(monkeypatch):
    def decoded(*_, **__):
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    with pytest.raises(RuleError, match="25 triệu điểm ảnh"):
        cleaned_photo(png(8_000, 10_000))  # 80 megapixels in 80 kilobytes
    with pytest.raises(AssertionError, match="decoded"):
        cleaned_photo(png(4_000, 3_000))


@pytest.mark.parametrize("mode", ["1", "LA", "P", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_pixels_is_drawn_upright(mode):
    made, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    Image.new(mode, (2_000, 1_000)).save(made, "PNG", exif=exif)
    with Image.open(BytesIO(cleaned_photo(made.getvalue()))) as shown:
        assert (shown.mode, shown.size) == ("RGB", (SIDE // 2, SIDE))


def test_a_photograph_is_looked_through_once_and_before_anything_is_written(office, monkeypatch):
    read = []

    def words_in(content):
        read.append(Paper.objects.exists())
        return ""

    monkeypatch.setattr("danvan.petitions.services.identity_papers.words_in_picture", words_in)
    sent(office, photos=(photo(),))
    assert read == [False]
    sent(office, seed="2", kept_photos=(photo_to_keep(photo()),))
    assert len(read) == 2
    assert PaperFile.objects.count() == 2


def test_a_picture_of_an_identity_card_is_refused(monkeypatch):
    monkeypatch.setattr(
        "danvan.petitions.services.identity_papers.words_in_picture",
        lambda _: "CĂN CƯỚC CÔNG DÂN Họ và tên NGUYỄN A Ngày sinh 1/1/1990",
    )
    with pytest.raises(RuleError) as broken:
        photo_to_keep(photo())
    assert broken.value.message == IDENTITY_CARD


def test_the_office_is_the_nearest_where_somebody_receives(office):
    commune, other = office.province.communes[0].pk, office.province.communes[1].pk
    assert office_for(commune) == office.unit.pk
    assert office_for(other) == office.other.pk
    assert office_for(None) is not None
    assert office_for(office.unit.pk) is None
    assert office_for(987654) is None


def test_who_receives_for_a_whole_place_receives_at_its_office(office):
    from danvan.accounts.models import Grant

    commune = office.province.communes[0]
    Grant.objects.filter(unit=office.unit).delete()
    member("ca-xa", commune, "petition_officer")
    assert office_for(commune.pk) == office.unit.pk


def test_without_anybody_who_receives_it_goes_to_the_place_itself(office):
    from danvan.accounts.models import Grant

    Grant.objects.all().delete()
    commune = office.province.communes[0].pk
    assert office_for(commune) == commune


def test_a_place_of_another_province_is_none_of_ours(office, settings, monkeypatch):
    from danvan.petitions.selectors import sending as where

    top = where.top_unit(on=TODAY)
    monkeypatch.setattr(where, "top_unit", lambda on: replace(top, id=office.unit.pk))
    assert office_for(office.province.communes[0].pk) is None


def test_a_point_is_whole_or_not_at_all(office):
    sent(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.update(latitude=Decimal(5))
    assert Unit.objects.exists()


def test_a_topic_that_was_chosen_stands(office):
    load_topics()
    from danvan.topics.selectors import tree_on

    pk = next(iter(tree_on(TODAY).nodes)).id
    sent(office, topic_id=pk)
    assert Petition.objects.get().topic_id == pk
