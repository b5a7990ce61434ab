from django.urls import path

from danvan.petitions.views import reception as views

app_name = "reception"
ACTS = (
    ("niem-yet", "post"),
    ("lui-ngay", "postpone"),
    ("huy", "cancel"),
    ("da-tiep", "hold"),
    ("truc-tuyen", "online"),
)
HANDLING = (("ket-luan", "write"), ("ra-thong-bao", "issue"))
urlpatterns = [
    path("", views.schedule, name="list"),
    path("lap-lich/", views.plan, name="plan"),
    path("lich/<int:pk>/<slug:month>/", views.schedule_paper, name="schedule"),
    path("lich/<int:pk>/<slug:month>/niem-yet/", views.post_month, name="post-month"),
    path("so/", views.register, name="register"),
    path("so/in/", views.print_register, name="register-print"),
    path("so/tai-excel/", views.register_sheet, name="register-sheet"),
    path("so/tai-word/", views.register_docx, name="register-docx"),
    path("so/mo-danh-tinh/", views.open_rows, name="register-open"),
    path("ghi-luot/", views.record, name="record"),
    path("luot/<int:visit>/", views.visit, name="visit"),
    path("luot/<int:visit>/thong-bao-tu-choi/", views.notice, name="refusal"),
    path("luot/<int:visit>/da-gui-tu-choi/", views.told, name="refusal-told"),
    path("luot/<int:visit>/bien-nhan/", views.receipt, name="receipt"),
    path("luot/<int:visit>/bien-ban/", views.minutes, name="minutes"),
    path("luot/<int:visit>/truc-tuyen/", views.joined, name="joined"),
    path("luot/<int:visit>/tra-loi/<int:matter>/", views.answer, name="answer"),
    path("theo-ket-luan/<int:conclusion>/", views.of_conclusion, name="of-conclusion"),
    path("<int:pk>/", views.card, name="card"),
    *(path(f"<int:pk>/{at}/", views.act, {"name": name}, name=f"do-{name}") for at, name in ACTS),
    *(
        path(f"<int:pk>/{at}/", views.act_handling, {"name": name}, name=f"do-{name}")
        for at, name in HANDLING
    ),
    path("<int:pk>/thong-bao-ket-luan/", views.notice_paper, name="notice"),
    path("<int:pk>/cau/<slug:what>/", views.sentence, name="sentence"),
    path("<int:pk>/viec/<int:conclusion>/", views.own, name="own"),
    path("<int:pk>/viec/<int:conclusion>/bo/", views.put_back, name="put-back"),
]
