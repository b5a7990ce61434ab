from django.urls import URLPattern, path

from danvan.portal.views import denouncing, feedback, sending

app_name = "send"
urlpatterns: list[URLPattern] = [
    path("", sending.send, name="send"),
    path("kin/", denouncing.denounce, name="denounce"),
    path("gop-y/", feedback.feedback, name="feedback"),
    path("dia-ban/", sending.places, name="places"),
    path("ban-do.svg", sending.map_picture, name="map"),
]
