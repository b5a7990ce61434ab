from django.urls import URLPattern, path

from danvan.portal.views import denouncing, sending

app_name = "send"
urlpatterns: list[URLPattern] = [
    path("", sending.send, name="send"),
    path("kin/", denouncing.denounce, name="denounce"),
    path("dia-ban/", sending.places, name="places"),
    path("ban-do.svg", sending.map_picture, name="map"),
]
