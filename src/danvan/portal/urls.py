from django.urls import URLPattern, URLResolver, path

from danvan.portal.views import asking, calendar, follow, mail, together

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", follow.follow, name="follow"),
    path("doi-thoai/<str:number>/", asking.ask, name="ask"),
    path("cung/<str:number>/", together.together, name="together"),
    path("lich/<str:secret>.ics", calendar.calendar, name="calendar"),
    path("tep/<str:token>/", follow.file, name="file"),
    path("thu/<str:token>/", mail.mail, name="mail"),
    path("thu/<str:token>/thoi/", mail.stop, name="stop"),
]
