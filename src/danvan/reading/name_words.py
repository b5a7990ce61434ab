"""Words that name organisations, posts, people and places: tables, so that a new one is a line and no code.

Patterns are matched against the text in lower case; what stands in capitals only (abbreviations of two or three
letters) against the text as it is written.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A way an organisation is called: the key of its kind, the words, its tier, what to ask where no place stands by it."""

    kind: str
    words: str
    tier: str = ""
    asks: str = ""


_OF_PROVINCE = "Văn bản không nói của tỉnh nào."
_OF_PLACE = "Văn bản không nói của nơi nào."

# Longer words first: the first that fits wins.
BODIES: tuple[Body, ...] = (
    Body("party_standing", r"(?:ban )?thường vụ(?= (?:tỉnh|thành|huyện|thị|quận|đảng|đoàn|hội|cấp) ?)|ban thường vụ|btv|(?:ban )?thường trực(?= (?:tỉnh|thành|huyện|thị|quận|đảng) ủy| cấp ủy)|ban chấp hành|bch", "", "Văn bản không nói của tổ chức nào."),
    Body("party_committee", r"tỉnh ủy", "province", _OF_PROVINCE),
    Body("party_committee", r"thành ủy", "province", _OF_PLACE),
    Body("party_committee", r"huyện ủy|thị ủy|quận ủy", "district", _OF_PLACE),
    Body("party_committee", r"đảng ủy|đảng bộ", "", _OF_PLACE),
    Body("party_cell", r"chi bộ|chi ủy", "", _OF_PLACE),
    Body("party_body", r"ủy ban kiểm tra|ubkt|ban (?:tuyên giáo và dân vận|tuyên giáo|dân vận|xây dựng đảng|nội chính|cán sự đảng|tổ chức(?= (?:tỉnh|thành|huyện|đảng) ủy| trung ương))|btgdv|bdv"),
    Body("peoples_council", r"(?:thường trực )?(?:hội đồng nhân dân|hđnd)", "", _OF_PLACE),
    Body("peoples_committee", r"(?:thường trực )?(?:ủy ban nhân dân|ubnd)", "", _OF_PLACE),
    Body("front_committee", r"(?:ban thường trực )?(?:ủy ban (?:trung ương )?|ub ?)?(?:mặt trận tổ quốc|mttq)(?: việt nam)?|btt(?= ub)", "", _OF_PLACE),
    Body("trade_union", r"(?:tổng )?liên đoàn lao động|lđlđ|công đoàn"),
    Body("farmers_union", r"hội nông dân|hnd"),
    Body("womens_union", r"hội (?:liên hiệp phụ nữ|lhpn|phụ nữ)"),
    Body("youth_union", r"(?:tỉnh|thành|huyện|xã) đoàn|đoàn (?:thanh niên(?: cộng sản(?: hồ chí minh)?)?|tncs(?: hồ chí minh| hcm)?)"),
    Body("veterans_association", r"hội (?:cựu chiến binh|ccb)"),
    Body("association", r"(?:trung ương )?hội (?=chữ thập đỏ|người cao tuổi|luật gia|khuyến học|làm vườn|người mù)(?:chữ thập đỏ|người cao tuổi|luật gia|khuyến học|làm vườn|người mù)"),
    Body("central", r"bộ chính trị|ban bí thư|trung ương đảng|quốc hội|chính phủ|ủy ban thường vụ quốc hội|thanh tra chính phủ|văn phòng chính phủ|ban dân nguyện"),
    Body("ministry", r"bộ"),
    Body("department", r"sở|phòng|chi cục|cục|vụ"),
    Body("steering", r"ban chỉ đạo|bcđ|tổ công tác|hội đồng(?! nhân dân)|ban quản lý|ủy ban bầu cử|tổ bầu cử|ban bầu cử"),
    Body("front_committee", r"ban công tác mặt trận|ban thanh tra nhân dân|ban giám sát đầu tư(?: của)? cộng đồng"),
    Body("council_body", r"ban (?:pháp chế|kinh tế ?- ?ngân sách|văn hóa ?- ?xã hội|dân tộc|đô thị|kinh tế ?- ?xã hội)"),
    Body("police_military", r"công an|bộ (?:chỉ huy|tư lệnh)(?: quân sự| bộ đội biên phòng)?|ban chỉ huy quân sự|đồn biên phòng"),
    Body("justice", r"tòa án(?: nhân dân)?|tand|viện kiểm sát(?: nhân dân)?|vksnd|thanh tra(?= (?:tỉnh|huyện|thành phố|sở))"),
    Body("office", r"văn phòng|ban tiếp công dân|trung tâm|bảo hiểm xã hội|bhxh|ban tổ chức"),
)  # fmt: skip
# Fields of work that ministries, departments and offices are called by, however their capitals are set.
FIELDS = (
    r"giao thông vận tải|giao thông công chính|nông nghiệp và phát triển nông thôn|nông nghiệp và môi trường|nông nghiệp|tài nguyên và môi trường|tài nguyên môi trường|giáo dục và đào tạo|giáo dục ?- ?đào tạo"
    r"|gd ?(?:-|&) ?đt|lao động,? ?-? ?thương binh (?:và|-) xã hội|kế hoạch (?:và|-) đầu tư|văn hóa, thể thao và du lịch|văn hóa và thể thao|văn hóa thông tin|văn hóa ?- ?xã hội|khoa học (?:và|-) công nghệ"
    r"|thông tin (?:và|-) truyền thông|dân tộc và tôn giáo|nội vụ|tài chính(?: ?- ?kế hoạch)?|xây dựng|công thương|tư pháp|y tế|ngoại vụ|du lịch|quốc phòng|công an|ngoại giao|kinh tế(?:, hạ tầng và đô thị)?|công nghiệp|thương mại"
)
# Only with a name behind them are these an organisation: "Sở Nội vụ", not "sở thích".
NAMED_ONLY = frozenset({"department", "steering", "ministry", "office"})

# Whom one may ask something of beside these.
OTHERS_ASKED = (
    r"cấp ủy(?: đảng)?|tổ chức đảng|chính quyền|mặt trận|đoàn thể|cơ quan (?:cảnh sát |cảnh sát )?điều tra|cơ quan tiến hành tố tụng|cơ quan|đơn vị|địa phương|sở, ban, ngành|ban, sở, ngành|sở, ngành|ban, ngành|bộ, ngành|ngành|hội(?! nhập| nghị| họp| thảo| đồng| viên| trường| chứng)|doanh nghiệp"
    r"|tổ chức chính trị ?- ?xã hội|tổ chức thành viên|tổ chức(?! (?:thực hiện|tốt|hội nghị|triển khai|các|cho|lại|đối thoại|tiếp|kiểm|tuyên|học|rà|thi|lấy|thêm|ít|tối|\d))|hệ thống (?:dân vận|chính trị)|khối (?:dân vận|mặt trận)"
    r"|trung ương|thường trực|lãnh đạo|thủ trưởng|người đứng đầu|cán bộ|đảng viên|công chức|hội viên|đoàn viên|đại biểu|đoàn đại biểu quốc hội|đoàn đbqh|nhân dân|người dân|cử tri|hộ(?: dân| gia đình)?"
    r"|thôn|bản|ấp|khóm|buôn|làng|tổ dân phố|khu phố|khu dân cư|khu|trưởng (?:thôn|bản|ấp|khu)|trạm y tế|trường(?! hợp)|nhà trường|ban giám hiệu|chủ đầu tư|nhà thầu|bộ phận|chi hội|tổ chức, cá nhân|đảng đoàn|quý (?:cơ quan|đơn vị|cấp|vị|sở|ban)|ngân hàng|công ty|hợp tác xã|điện lực|kho bạc|sở|ban"
)
# Words before an organisation that count it or join it.
NUMBERS = r"hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|0?[2-9]|[1-9]\d"
COUNTING = rf"(?:các|những|từng|mỗi|toàn thể|tất cả|cả|một số|{NUMBERS})"

# Abbreviations and what they stand for, as words of their own in the text.
ABBREVIATIONS: dict[str, str] = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "UBKT": "Ủy ban Kiểm tra",
    "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành", "BTT": "Ban Thường trực", "BCĐ": "Ban Chỉ đạo", "BDV": "Ban Dân vận",
    "BTGDV": "Ban Tuyên giáo và Dân vận", "LĐLĐ": "Liên đoàn Lao động", "LHPN": "Liên hiệp Phụ nữ", "HND": "Hội Nông dân",
    "CCB": "Cựu chiến binh", "TNCS": "Thanh niên Cộng sản", "TAND": "Tòa án nhân dân", "VKSND": "Viện kiểm sát nhân dân",
    "BHXH": "Bảo hiểm xã hội", "ĐBQH": "đại biểu Quốc hội", "TU": "Tỉnh ủy", "HU": "Huyện ủy", "ĐU": "Đảng ủy",
    "TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "HCM": "Hồ Chí Minh", "UB": "Ủy ban",
}  # fmt: skip

# The tiers of places, by the word before the name.
TIERS: dict[str, str] = {
    "tỉnh": "province", "thành phố": "province", "tp.": "province", "tp": "province", "quận": "district", "huyện": "district",
    "thị xã": "district", "tx.": "district", "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
    "thôn": "village", "bản": "village", "ấp": "village", "khóm": "village", "buôn": "village", "làng": "village",
    "tổ dân phố": "village", "khu phố": "village", "tdp": "village", "khu dân cư": "village",
}  # fmt: skip
# Provinces and cities of before and after 1 July 2025: their names end where a person's name begins.
PROVINCES = (
    "An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng"
    "|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh|HCM"
    "|Huế|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên"
    "|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Thừa Thiên - Huế"
    "|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái"
)
SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Lâm|Mai|Trịnh|Đào|Cao|Hà|Lương|Tô|Tạ|Chu|Châu|Thái|Quách|Triệu"
    "|Nông|Ma|Hứa|Lò|Vàng|Giàng|Sùng|Thào|Mùa|Vừ|Lầu|Cầm|Bạc|Hầu|Lưu|Vương|Trương|Tống|Phùng|Kiều|Nghiêm|Doãn|Thân|Tăng|Văn|Từ|Đàm|Khổng|Mạc|Lục|Bế|Hoa"
    "|La|Quàng|Cà|Tòng|Điêu|Rơ|Siu|Ksor|Rah|Y|A|K|H"
)

# How somebody is spoken of before the name.
HONORIFICS = r"đồng chí|đ/c|các ông|các bà|ông|bà|(?:thượng|trung|thiếu|đại) (?:tướng|tá|úy)|pgs[.,]? ?ts\.?|gs[.,]? ?ts\.?|pgs\.?|gs\.?|tskh\.?|ts\.?|ths\.?|tiến sĩ|thạc sĩ|bác sĩ|bs\.?|linh mục|hòa thượng|thượng tọa|mục sư"
# Posts: key of the family (posts of one family share the organisation behind the last), words. Longer first.
POSTS: tuple[tuple[str, str], ...] = (
    ("state", r"tổng bí thư|phó chủ tịch nước|chủ tịch nước|phó thủ tướng(?: chính phủ)?|thủ tướng(?: chính phủ)?|phó chủ tịch quốc hội|chủ tịch quốc hội"),
    ("secretary", r"phó bí thư(?: thường trực| chuyên trách)?|bí thư(?: thứ nhất)?"),
    ("chair", r"phó chủ tịch(?: thường trực| chuyên trách)?|chủ tịch(?: danh dự)?"),
    ("member", r"ủy viên (?:dự khuyết )?(?:ban thường vụ|btv|ban chấp hành|bch|ban thường trực|btt|thường vụ|thường trực|bộ chính trị|ban bí thư|trung ương đảng|ủy ban kiểm tra)|ủy viên(?= (?:ủy ban|ban|hội đồng|ubmttq|ubkt|mttq))|(?:tỉnh|thành|huyện|thị|quận|đảng|chi) ủy viên"),
    ("head", r"quyền trưởng|phó trưởng(?= (?:ban|phòng|đoàn|công an|bộ phận))|trưởng(?= (?:ban|phòng|đoàn|công an|bộ phận|thôn|bản|ấp|khu|khối|buôn))"),
    ("director", r"phó giám đốc|giám đốc|phó tổng giám đốc|tổng giám đốc"),
    ("office_head", r"phó chánh(?= (?:văn phòng|thanh tra|án))|chánh(?= (?:văn phòng|thanh tra|án))"),
    ("inspector", r"phó tổng thanh tra(?: chính phủ)?|tổng thanh tra(?: chính phủ)?"),
    ("minister", r"bộ trưởng|thứ trưởng"),
    ("commander", r"phó chỉ huy trưởng|chỉ huy trưởng|phó chính ủy|chính ủy|chính trị viên|đồn trưởng"),
    ("chief", r"phó chủ nhiệm|chủ nhiệm|phó viện trưởng|viện trưởng|phó hiệu trưởng|hiệu trưởng|phó cục trưởng|cục trưởng|phó vụ trưởng|vụ trưởng|đội trưởng|tổ trưởng|phó tổ trưởng"),
    ("deputy", r"đại biểu (?:quốc hội|hđnd|hội đồng nhân dân)"),
)  # fmt: skip
# Posts in capitals: what stands there, the post in full, the organisation where the letters name it.
POST_LETTERS: dict[str, tuple[str, str, str]] = {
    "UVBTVTU": ("member", "Ủy viên Ban Thường vụ", "Tỉnh ủy"), "UVTVTU": ("member", "Ủy viên Ban Thường vụ", "Tỉnh ủy"),
    "TVTU": ("member", "Ủy viên Ban Thường vụ", "Tỉnh ủy"), "UVBTVHU": ("member", "Ủy viên Ban Thường vụ", "Huyện ủy"),
    "UVBTVĐU": ("member", "Ủy viên Ban Thường vụ", "Đảng ủy"), "UVTVĐU": ("member", "Ủy viên Ban Thường vụ", "Đảng ủy"),
    "TVĐU": ("member", "Ủy viên Ban Thường vụ", "Đảng ủy"), "TVHU": ("member", "Ủy viên Ban Thường vụ", "Huyện ủy"),
    "UVBTV": ("member", "Ủy viên Ban Thường vụ", ""), "UVTV": ("member", "Ủy viên Ban Thường vụ", ""),
    "UVBCH": ("member", "Ủy viên Ban Chấp hành", ""), "UVTW": ("member", "Ủy viên Trung ương Đảng", ""),
    "TUV": ("member", "Tỉnh ủy viên", "Tỉnh ủy"), "HUV": ("member", "Huyện ủy viên", "Huyện ủy"),
    "ĐUV": ("member", "Đảng ủy viên", "Đảng ủy"), "PBTTT": ("secretary", "Phó Bí thư Thường trực", ""),
    "PBT": ("secretary", "Phó Bí thư", ""), "PCT": ("chair", "Phó Chủ tịch", ""),
}  # fmt: skip
# What a secretary or a member sits in, by the tier of the place named beside.
COMMITTEE_OF = {"province": "Tỉnh ủy", "district": "Huyện ủy", "commune": "Đảng ủy"}
