from django.urls import URLPattern, URLResolver, path

from danvan.commitments.views import acts, cards, deciding, explaining, following, lists, statistics

app_name = "commitments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.commitment_list, name="list"),
    path("tai-excel/", lists.list_sheet, name="list-sheet"),
    path("in/", lists.list_print, name="list-print"),
    path("thong-ke/", statistics.statistics_page, name="statistics"),
    path("hang-loat/", lists.act_on_many, name="many"),
    path("giao/", cards.assign, name="assign"),
    path("giai-trinh/", explaining.explanation_list, name="explanations"),
    path("giai-trinh/<int:pk>/", explaining.explanation, name="explanation"),
    path("giai-trinh/<int:pk>/tra-loi/", explaining.answer, name="answer"),
    path("giai-trinh/<int:pk>/y-kien/", explaining.rule, name="rule-explanation"),
    path("<int:pk>/", cards.card, name="card"),
    path("<int:pk>/nhan/", acts.start, name="start"),
    path("<int:pk>/minh-chung/", cards.add_evidence, name="add-evidence"),
    path("<int:pk>/minh-chung/<int:evidence>/", cards.download, name="evidence"),
    path("<int:pk>/bao-xong/", acts.claim, name="claim"),
    path("<int:pk>/kiem-tra/", acts.check, name="check"),
    path("<int:pk>/xin-gia-han/", acts.ask_extension, name="ask-extension"),
    path("<int:pk>/gia-han/", acts.extend, name="extend"),
    path("<int:pk>/yeu-cau-giai-trinh/", acts.ask_explanation, name="ask-explanation"),
    path("<int:pk>/linh-vuc/", acts.file_under, name="file"),
    path("<int:pk>/rut/", acts.withdraw, name="withdraw"),
    path("<int:pk>/khong-nhan/", deciding.decline, name="decline"),
    path("<int:pk>/giao-lai/", deciding.redirect_work, name="redirect"),
    path("<int:pk>/dong/", deciding.close, name="close"),
    path("<int:pk>/rui-ro/", deciding.accept_risk, name="accept-risk"),
    path("<int:pk>/lam-tiep/", deciding.resume, name="resume"),
    path("<int:pk>/thay-the/", deciding.supersede, name="supersede"),
    path("<int:pk>/nguoi-hoi/", following.askers, name="askers"),
    path("<int:pk>/nguoi-hoi/cap-ma/", following.issue_codes, name="issue-codes"),
    path("<int:pk>/nguoi-hoi/<int:code>/thu-hoi/", following.withdraw_code, name="withdraw-code"),
    path("<int:pk>/cong-khai/", following.show_publicly, name="show-publicly"),
    path("<int:pk>/cong-khai/<int:note>/thoi/", following.hide_publicly, name="hide-publicly"),
]
