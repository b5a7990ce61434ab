"""Acts of the people's portal and of connected systems, in words."""

PORTAL = {
    "exchange.add_words": "Nhận lời bổ sung từ hệ thống khác",
    "exchange.make_key": "Cấp khóa kết nối",
    "exchange.revoke_key": "Thu hồi khóa kết nối",
    "exchange.send_matter": "Nhận ý kiến từ hệ thống khác",
    "news.add_picture": "Thêm ảnh vào tin, bài",
    "news.add_sound": "Thêm bản nghe vào tin, bài",
    "news.approve": "Duyệt tin, bài",
    "news.reopen": "Mở lại tin, bài để sửa",
    "news.rewrite": "Sửa tin, bài",
    "news.send_back": "Trả lại tin, bài",
    "news.submit": "Trình duyệt tin, bài",
    "news.take_down": "Gỡ tin, bài",
    "news.write": "Viết tin, bài",
    "petitions.add_words": "Người gửi bổ sung lời",
    "petitions.ask_to_publish": "Người gửi muốn công khai ý kiến",
    "petitions.decline_publication": "Không công khai ý kiến",
    "petitions.follow_together": "Một người theo dõi cùng một ý kiến công khai",
    "petitions.moderate_again": "Duyệt công khai lại ý kiến",
    "petitions.take_wish_back": "Người gửi không muốn công khai nữa",
    "petitions.unpublish": "Gỡ ý kiến công khai",
}
