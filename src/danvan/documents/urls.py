from django.urls import URLPattern, URLResolver, path

from danvan.documents.views import cards, deciding, intake, lists, review

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("den/", lists.incoming, name="incoming"),
    path("den/vao-so/", intake.register, name="register"),
    path("di/", lists.issued, name="issued"),
    path("di/vao-so/", intake.register_issued, name="register-issued"),
    path("doc/", lists.to_review, name="to-review"),
    path("mat/", intake.secrets, name="secrets"),
    path("<int:pk>/", cards.card, name="card"),
    path("<int:pk>/tep/", cards.original, name="file"),
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
