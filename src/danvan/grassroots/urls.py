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
INITIATIVE_ACTS = (
    ("dem-lai", "count"),
    ("dua-ra-ban", "raise"),
    ("khong-dua-ra", "decline"),
)
PAPERS = (("thong-bao", "notice"), ("bien-ban", "minutes"))
urlpatterns = [
    path("", views.matter_list, name="list"),
    path("tai-excel/", views.list_sheet, name="list-sheet"),
    path("theo-xa/", views.communes, name="communes"),
    path("theo-xa/tai-excel/", views.communes_sheet, name="communes-sheet"),
    path("gop-y/", views.comments, name="comments"),
    path("ghi/", views.enter, name="enter"),
    path("duyet-cong-khai/", views.publications, name="publications"),
    path("ke-hoach/", views.plans, name="plans"),
    path("ke-hoach/lap/", views.make_plan, name="make-plan"),
    path("ke-hoach/<int:pk>/", views.plan, name="plan"),
    path("ke-hoach/<int:pk>/ban-hanh/", views.issue_plan, name="issue-plan"),
    path("ke-hoach/<int:pk>/tai-word/", views.plan_docx, name="plan-docx"),
    path("ke-hoach/<int:pk>/muc/", views.add_item, name="add-item"),
    path("ke-hoach/<int:pk>/muc/<int:item>/", views.change_item, name="plan-item"),
    path("ke-hoach/<int:pk>/muc/<int:item>/viec/", views.take_matter, name="take-matter"),
    path("ke-hoach/<int:pk>/muc/<int:item>/bo/", views.drop_item, name="drop-item"),
    path("sang-kien/", views.initiatives, name="initiatives"),
    path("sang-kien/ghi/", views.enter_initiative, name="enter-initiative"),
    path("sang-kien/<int:pk>/", views.initiative, name="initiative"),
    *(
        path(
            f"sang-kien/<int:pk>/{at}/",
            views.initiative_act,
            {"name": name},
            name=f"{name}-initiative",
        )
        for at, name in INITIATIVE_ACTS
    ),
    path("<int:pk>/", views.card, name="card"),
    *(path(f"<int:pk>/{at}/", views.act, {"name": name}, name=f"do-{name}") for at, name in ACTS),
    path("<int:pk>/duyet-cong-khai/", views.publication, name="publication"),
    path("<int:pk>/bieu-quyet/", views.vote, name="vote"),
    path("<int:pk>/cong-khai/<int:posting>/", views.posting_end, name="posting-end"),
    path("<int:pk>/gop-y/<int:comment>/", views.answer_comment, name="comment"),
    path("<int:pk>/tep/<int:file>/", views.file, name="file"),
    *(path(f"<int:pk>/{kind}/", views.paper, {"kind": kind}, name=name) for kind, name in PAPERS),
]
