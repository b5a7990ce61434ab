from django.urls import URLPattern, path

from danvan.portal.views import at_place, people, verbs

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", people.front, name="front"),
    path("biet/", verbs.know, name="know"),
    path("ban/", verbs.discuss, name="discuss"),
    path("lam/", verbs.do, name="do"),
    path("kiem-tra/", verbs.check, name="check"),
    path("giam-sat/", verbs.watch, name="watch"),
    path("giam-sat/don-vi/", verbs.units, name="units"),
    path("thu-huong/", verbs.benefit, name="benefit"),
    path("nghe/", people.hear, name="hear"),
    path("tim/", people.find, name="find"),
    path("noi/<int:pk>/", at_place.at_place, name="at-place"),
    path("bai/<int:pk>/", people.article, name="article"),
    path("y-kien/<str:number>/", people.matter, name="matter"),
    path("viec-hua/<int:pk>/", people.promise, name="promise"),
    path("doi-thoai/<str:number>/", people.talk, name="talk"),
    path("anh/<int:pk>.jpg", people.picture, name="picture"),
    path("am-thanh/<int:pk>.mp3", people.sound, name="sound"),
]
