from django.urls import URLPattern, URLResolver, path

from danvan.documents.enums import Direction
from danvan.documents.views import (
    cards,
    deciding,
    intake,
    keeping,
    lists,
    relating,
    review,
    sending,
)

app_name = "documents"
INCOMING, OUTGOING = {"direction": Direction.INCOMING}, {"direction": Direction.OUTGOING}
urlpatterns: list[URLPattern | URLResolver] = [
    path("den/", lists.incoming, name="incoming"),
    path("den/vao-so/", intake.register, name="register"),
    path("di/", lists.issued, name="issued"),
    path("di/vao-so/", intake.register_issued, name="register-issued"),
    path("den/cho-vao-so/", sending.waiting, name="to-enter"),
    path("den/excel/", lists.sheet, INCOMING, name="incoming-sheet"),
    path("di/excel/", lists.sheet, OUTGOING, name="issued-sheet"),
    path("den/in-so/", keeping.print_register, INCOMING, name="incoming-print"),
    path("di/in-so/", keeping.print_register, OUTGOING, name="issued-print"),
    path("den/danh-dau/", keeping.act_on_many, INCOMING, name="incoming-many"),
    path("di/danh-dau/", keeping.act_on_many, OUTGOING, name="issued-many"),
    path("so-bo-trong/", keeping.free_numbers, name="free-numbers"),
    path("doc/", lists.to_review, name="to-review"),
    path("mat/", intake.secrets, name="secrets"),
    path("<int:pk>/", cards.card, name="card"),
    path("<int:pk>/tep/", cards.original, name="file"),
    path("<int:pk>/sua/", keeping.amend, name="amend"),
    path("<int:pk>/gui/", sending.send, name="send"),
    path("<int:pk>/noi-nhan/", sending.recipients, name="recipients"),
    path("<int:pk>/noi-nhan/nhac/", sending.remind, name="remind"),
    path("<int:pk>/noi-nhan/thu-hoi/", sending.recall, name="recall"),
    path("<int:pk>/quan-he/", relating.add, name="relate"),
    path("quan-he/<int:pk>/", relating.decide, name="decide-relation"),
    path("gui-den/<int:pk>/", sending.sent, name="sent"),
    path("gui-den/<int:pk>/vao-so/", sending.receive, name="receive"),
    path("<int:pk>/doc/", review.review, name="review"),
    path("<int:pk>/doc/dang-doc/", review.waiting, name="waiting"),
    path("<int:pk>/doc/lai/", review.read_again, name="read-again"),
    path("<int:pk>/doc/xong/", review.finish, name="finish"),
    path("<int:pk>/doc/mo-lai/", review.reopen, name="reopen"),
    path("<int:pk>/doc/nhan-het/", deciding.accept_sure, name="accept-sure"),
    path("<int:pk>/doc/bo-het/", deciding.reject_open, name="reject-open"),
    path("de-xuat/<int:pk>/", deciding.decide, name="decide"),
    path("de-xuat/<int:pk>/sua/", deciding.correct, name="correct"),
]
