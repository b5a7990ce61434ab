from django.urls import URLPattern, URLResolver, include, path

from danvan.accounts.access import public, requires
from danvan.desk.audit import views as audit
from danvan.desk.home import views as home
from danvan.foundation import views as foundation

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("viec-hom-nay/tai-excel/", home.home_sheet, name="home-sheet"),
    path("nhat-ky/", audit.audit_log, name="audit"),
    path("nhat-ky/phien-quan-tri/", audit.elevated_log, name="elevated"),
    path("nhat-ky/phien-quan-tri/tai-excel/", audit.elevated_workbook, name="elevated-workbook"),
    path("suc-khoe/", requires("health.view")(foundation.health_page), name="health"),
    path("suc-khoe/song/", public(foundation.alive), name="alive"),
    path("don-vi/nhiem-vu/", include("danvan.desk.duties.urls")),
    path("don-vi/sap-xep/", include("danvan.desk.reorganise.urls")),
    path("don-vi/", include("danvan.desk.posts.urls")),
    path("don-vi/", include("danvan.desk.register.urls")),
    path("bao-cao/", include("danvan.desk.reports.urls")),
    path("bang-dieu-hanh/", include("danvan.desk.board.urls")),
    path("so/xuat/", include("danvan.desk.exporting.urls")),
    path("so/", include("danvan.desk.numbers.urls")),
    path("chi-so/", include("danvan.desk.indicators.urls")),
    path("chi-tieu/", include("danvan.desk.targets.urls")),
    path("linh-vuc/", include("danvan.desk.topics.urls")),
    path("phap-luat/", include("danvan.desk.law.urls")),
]
