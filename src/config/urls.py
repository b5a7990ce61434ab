from django.urls import include, path

urlpatterns = [
    path("", include("danvan.desk.urls")),
    path("van-ban/", include("danvan.documents.urls")),
    path("hoat-dong/", include("danvan.activities.urls")),
    path("nguoi-dung/", include("danvan.accounts.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
]
