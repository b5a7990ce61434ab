from django.urls import URLPattern, URLResolver, path

from danvan.portal.views import follow

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", follow.follow, name="follow"),
    path("tep/<str:token>/", follow.file, name="file"),
]
