from django.urls import path

from danvan.reporting.views import deciding, designing, dropping, exempting, filling, periods, reading, sheets

app_name = "reporting"
urlpatterns = [
    path("", reading.home, name="home"),
    path("quan-ly/", periods.manage, name="manage"),
    path("soan/", designing.design_new, name="design-new"),
    path("soan/<int:pk>/", designing.design, name="design"),
    path("soan/<int:pk>/xem-truoc/", designing.design_preview, name="design-preview"),
    path("soan/tu/<int:pk>/", designing.design_next, name="design-next"),
    path("<int:pk>/", reading.report, name="report"),
    path("<int:pk>/nhap/", filling.entry, name="entry"),
    path("<int:pk>/luu-nhap/", filling.autosave, name="autosave"),
    path("<int:pk>/bo-tep/<int:file>/", filling.remove_file, name="remove-file"),
    path("<int:pk>/xem-lai/", filling.review, name="review"),
    path("<int:pk>/ho-so/<slug:item>/", filling.records, name="records"),
    path("<int:pk>/tep/<int:evidence>/", reading.evidence, name="evidence"),
    path("<int:pk>/tai-excel/", reading.report_sheet, name="report-sheet"),
    path("<int:pk>/in/", reading.paper, name="paper"),
    path("<int:pk>/excel/", sheets.hand_in, name="hand-in"),
    path("<int:pk>/excel/mau/", sheets.template, name="template"),
    path("<int:pk>/excel/<int:file>/", sheets.handed_in, name="handed-in"),
    path("<int:pk>/excel/<int:file>/loi/", sheets.marked, name="handed-in-marked"),
    path("<int:pk>/duyet/", deciding.decide, name="decide"),
    path("<int:pk>/mo-lai/", deciding.reopen, name="reopen"),
    path("<int:pk>/mien/", exempting.exempt, name="exempt"),
    path("ky/<int:pk>/<str:month>/", periods.period, name="period"),
    path("ky/<int:pk>/<str:month>/tai-excel/", periods.period_sheet, name="period-sheet"),
    path("ky/<int:pk>/<str:month>/tai-csv/", dropping.period_csv, name="period-csv"),
    path("ky/<int:pk>/<str:month>/excel/", dropping.drop, name="drop"),
    path("ky/<int:pk>/<str:month>/excel/mau/", dropping.templates, name="templates"),
    path("ky/<int:pk>/<str:month>/excel/<int:drop>/", dropping.dropped, name="dropped"),
    path(
        "ky/<int:pk>/<str:month>/excel/<int:drop>/<int:file>/loi/",
        dropping.dropped_marked,
        name="dropped-marked",
    ),
    path("ky/<int:pk>/<str:month>/duyet/", deciding.accept_many, name="accept-many"),
    path("ky/<int:pk>/<str:month>/chot/", deciding.lock, name="lock"),
]
