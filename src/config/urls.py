from django.urls import include, path

handler400 = "danvan.foundation.views.bad_request"
handler403 = "danvan.foundation.views.permission_denied"
handler404 = "danvan.foundation.views.not_found"
handler429 = "danvan.foundation.views.too_many_requests"  # asked for by allauth
handler500 = "danvan.foundation.views.server_error"

urlpatterns = [
    path("", include("danvan.desk.urls")),
    path("van-ban/", include("danvan.documents.urls")),
    path("hoat-dong/", include("danvan.activities.urls")),
    path("doi-thoai/", include("danvan.dialogues.urls")),
    path("dan-chu-co-so/", include("danvan.grassroots.urls")),
    path("don-thu/so-lieu/", include("danvan.petitions.figure_urls")),
    path("don-thu/", include("danvan.petitions.urls")),
    path("tiep-cong-dan/", include("danvan.petitions.reception_urls")),
    path("viec-phai-lam/", include("danvan.commitments.urls")),
    path("bieu-mau/", include("danvan.reporting.urls")),
    path("to-cao/", include("danvan.petitions.vault_urls")),
    path("thong-bao/", include("danvan.notifications.urls")),
    path("tin-bai/", include("danvan.news.urls")),
    path("cong/", include("danvan.portal.people_urls")),
    path("theo-doi/", include("danvan.portal.urls")),
    path("ket-noi/", include("danvan.exchange.urls")),
    path("api/v1/", include("danvan.exchange.api_urls")),
    path("open311/", include("danvan.exchange.open311_urls")),
    path("gui/", include("danvan.portal.send_urls")),
    path("nguoi-dung/", include("danvan.accounts.urls")),
    path("tai-khoan/", include("danvan.accounts.sign_in")),
]
