from django.urls import path

from danvan.grassroots import views

app_name = "grassroots"
ACTS = (
    ("cong-khai", "publish"),
    ("tep", "files"),
    ("gui-quyet-dinh", "send"),
    ("cong-nhan", "recognise"),
    ("gop-y", "comment"),
    ("het-gop-y", "close"),
    ("tra-loi", "answer"),
    ("ket-thuc", "end"),
    ("rut", "withdraw"),
)
PAPERS = (("thong-bao", "notice"), ("bien-ban", "minutes"))
urlpatterns = [
    path("", views.matter_list, name="list"),
    path("tai-excel/", views.list_sheet, name="list-sheet"),
    path("theo-xa/", views.communes, name="communes"),
    path("theo-xa/tai-excel/", views.communes_sheet, name="communes-sheet"),
    path("gop-y/", views.comments, name="comments"),
    path("ghi/", views.enter, name="enter"),
    path("<int:pk>/", views.card, name="card"),
    *(path(f"<int:pk>/{at}/", views.act, {"name": name}, name=f"do-{name}") for at, name in ACTS),
    path("<int:pk>/bieu-quyet/", views.vote, name="vote"),
    path("<int:pk>/cong-khai/<int:posting>/", views.posting_end, name="posting-end"),
    path("<int:pk>/gop-y/<int:comment>/", views.answer_comment, name="comment"),
    path("<int:pk>/tep/<int:file>/", views.file, name="file"),
    *(path(f"<int:pk>/{kind}/", views.paper, {"kind": kind}, name=name) for kind, name in PAPERS),
]
