from django.urls import URLPattern, URLResolver, path

from danvan.exchange.views.api.operations import api
from danvan.exchange.views.api.serving import description, served

app_name = "api"
POSTED = ("matters", "send", "follow")  # `send` stands at the address of `matters`
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", served(description), name="description"),
    *(
        path(str(one.pattern), served(one.callback, posts=one.name in POSTED), name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.callback is not None and one.name != "api-root"
    ),
]
