from django.urls import URLPattern, URLResolver, path

from danvan.exchange.views import keys

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", keys.keys, name="keys"),
    path("them/", keys.make, name="make"),
    path("<int:pk>/thu-hoi/", keys.revoke, name="revoke"),
]
