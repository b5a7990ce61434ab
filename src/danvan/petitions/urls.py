from django.urls import path

from danvan.petitions import views

app_name = "petitions"
urlpatterns = [
    path("", views.petition_list, name="list"),
    path("tai-excel/", views.list_sheet, name="list-sheet"),
    path("nhan/", views.receive, name="receive"),
    path("nhan/tep/", views.receive_file, name="receive-file"),
    path("nhom/<int:pk>/", views.cluster, name="cluster"),
    path("nhom/<int:pk>/thu-ly/", views.accept_all, name="accept-all"),
    path("nhom/<int:pk>/tra-loi/", views.answer_all, name="answer-all"),
    path("yeu-cau/<int:pk>/", views.of_request, name="of-request"),
    path("du-lieu/", views.data_requests, name="data-requests"),
    path("du-lieu/<int:pk>/", views.data_request, name="data-request"),
    path("du-lieu/<int:pk>/<slug:slug>/", views.data_request_act, name="data-request-act"),
    path("cong-khai/", views.publications, name="publications"),
    path("cong-khai/<int:pk>/", views.publication, name="publication"),
    path("cong-khai/<int:pk>/<slug:slug>/", views.publication_act, name="publication-act"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/du-lieu/", views.ask_about_data, name="ask-about-data"),
    path("<int:pk>/in/<slug:slug>/", views.paper, name="paper"),
    path("<int:pk>/in/<slug:slug>/tai-word/", views.paper_docx, name="paper-docx"),
    path("<int:pk>/trung/", views.similar, name="similar"),
    path("<int:pk>/tep/", views.add_file, name="add-file"),
    path("<int:pk>/tep/<int:file>/<slug:of>/", views.case_file, name="case-file"),
    path("<int:pk>/cong-khai/", views.ask_to_publish, name="ask-to-publish"),
    path("<int:pk>/ma/", views.give_code, name="give-code"),
    path("<int:pk>/danh-tinh/", views.open_names, name="open-names"),
    path("<int:pk>/yeu-cau/<int:number>/tra-loi/", views.reply, name="reply"),
    path("<int:pk>/yeu-cau/<int:number>/giao-viec/", views.give, name="give"),
    path("<int:pk>/nhan-don/<slug:slug>/", views.act_receiving, name="act-receiving"),
    path("<int:pk>/xu-ly/<slug:slug>/", views.act, name="act"),
    path("<int:pk>/quyet-dinh/<slug:slug>/", views.act_deciding, name="act-deciding"),
]
