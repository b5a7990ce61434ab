"""What the demonstration says of communes, as it is said of wards: there are blocks there, and no villages."""

import re

TOWN = "phường"
# In this order: the whole sentence before a part of it.
_IN_TOWN = (
    (
        "Địa bàn rộng sau sắp xếp, một số bản cách trung tâm xã trên 30 km, Nhân dân đi lại khó khăn.",
        "Địa bàn đông dân sau sắp xếp, nhiều khu chung cư mới chưa có ban cán sự khối.",
    ),
    ("Đường truyền ở các bản vùng cao", "Đường truyền ở nhà văn hóa một số khối"),
    ("một số bản bị chia cắt", "một số khối bị ngập"),
    ("Nước thải chăn nuôi chảy ra mương", "Nước thải quán ăn chảy ra mương thoát nước"),
    ("hộ chăn nuôi cam kết làm hố lắng", "chủ quán cam kết làm bể tách mỡ"),
    ("Xin hỗ trợ giống ngô sau đợt rét", "Xin trồng lại cây bóng mát sau bão"),
    ("Đã lập danh sách, giống cấp trong vụ này.", "Đã trồng lại, giao khối chăm sóc."),
    ("Xe chở đá làm rơi vãi trên đường liên thôn", "Xe chở đất làm rơi vãi trên đường liên khối"),
    ("Đã làm việc với chủ mỏ", "Đã làm việc với chủ xe"),
    ("Xin sửa sân bóng của bản", "Xin sửa sân bóng của khối"),
    ("bản góp công", "khối góp công"),
    ("lối đi chung của xóm", "lối đi chung của ngõ"),
    ("Cầu treo vào bản mục ván", "Nắp cống trước trường bị vỡ"),
    ("cầu treo vào bản", "nắp cống trước trường"),
    ("chương trình xây dựng nông thôn mới", "nội dung xây dựng phường văn minh"),
    ("Dự sinh hoạt chi bộ bản", "Dự sinh hoạt chi bộ khối"),
    ("thôn, bản", "khối"),
    ("của thôn", "của khối"),
    ("đường thôn", "đường khối"),
    ("vào thôn", "vào khối"),
    ("nội thôn", "nội khối"),
    ("Thôn", "Khối"),
    ("cán bộ xã", "cán bộ phường"),
    ("của xã", "của phường"),
    ("MTTQ xã", "MTTQ phường"),
)


def said_at(place: str, words: str) -> str:
    """Words of a place, as a ward says them."""
    if TOWN not in place.lower().split():
        return words
    for rural, urban in _IN_TOWN:
        words = re.sub(rf"{re.escape(rural)}(?!\w)", urban, words)
    return words
