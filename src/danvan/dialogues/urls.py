from django.urls import path

from danvan.dialogues import views

app_name = "dialogues"
ACTS = (
    ("thong-bao", "announce"),
    ("doi-ngay", "move"),
    ("huy", "cancel"),
    ("ket-qua", "held"),
    ("danh-gia", "rate"),
    ("y-kien", "opinion"),
    ("khong-vuot-tham-quyen", "none_above"),
    ("ket-luan", "write"),
    ("ra-thong-bao", "issue"),
    ("khep-lai", "close"),
    ("mo-nhan-cau-hoi", "open_questions"),
    ("linh-vuc", "file"),
)
PAPERS = (("bien-ban", "minutes"), ("thong-bao-ket-luan", "notice"))
urlpatterns = [
    path("", views.dialogue_list, name="list"),
    path("muc-chuong-trinh/<int:pk>/", views.of_entry, name="of-entry"),
    path("tai-excel/", views.list_sheet, name="list-sheet"),
    path("theo-don-vi/", views.hosts, name="hosts"),
    path("theo-don-vi/tai-excel/", views.hosts_sheet, name="hosts-sheet"),
    path("y-kien/", views.opinions, name="opinions"),
    path("lap/", views.plan, name="plan"),
    path("duyet-cong-khai/", views.publications, name="publications"),
    path("theo-ket-luan/<int:pk>/", views.of_conclusion, name="of-conclusion"),
    path("<int:pk>/", views.card, name="card"),
    *(path(f"<int:pk>/{at}/", views.act, {"name": name}, name=f"do-{name}") for at, name in ACTS),
    *(path(f"<int:pk>/{kind}/", views.paper, {"kind": kind}, name=name) for kind, name in PAPERS),
    *(
        path(f"<int:pk>/{kind}/tai-word/", views.paper_docx, {"kind": kind}, name=f"{name}-docx")
        for kind, name in PAPERS
    ),
    path("<int:pk>/duyet-cong-khai/", views.publication, name="publication"),
    path("<int:pk>/cau-hoi/", views.questions, name="questions"),
    path("<int:pk>/cau-hoi/<int:opinion>/", views.question_act, name="question-act"),
    path("<int:pk>/y-kien/<int:opinion>/linh-vuc/", views.file_opinion, name="file-opinion"),
    path("<int:pk>/niem-yet/", views.door, name="door"),
    path("<int:pk>/phieu/", views.slips, name="slips"),
    path("<int:pk>/phieu/tai-word/", views.slips_docx, name="slips-docx"),
    path("<int:pk>/y-kien/<int:opinion>/", views.opinion, name="settle"),
    path("<int:pk>/ket-luan/tach/", views.take_sentence, name="take-sentence"),
    path("<int:pk>/ket-luan/khong-phai-viec/", views.say_no_work, name="no-work"),
    path("<int:pk>/ket-luan/chon-lai/", views.take_up_again, name="take-up-again"),
    path("<int:pk>/ket-luan/<int:conclusion>/", views.own, name="own"),
    path("<int:pk>/ket-luan/<int:conclusion>/bo/", views.put_back, name="put-back"),
]
