from django.urls import URLPattern, URLResolver, path, register_converter

from danvan.exchange.views import open311


class Form:
    """The two forms that GeoReport has."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Form, "form")

app_name = "open311"
urlpatterns: list[URLPattern | URLResolver] = [
    path("discovery.<form:form>", open311.discovery, name="discovery"),
    path("v2/services.<form:form>", open311.services, name="services"),
    path("v2/services/<slug:code>.<form:form>", open311.definition, name="definition"),
    path("v2/requests.<form:form>", open311.requests, name="requests"),
    path("v2/requests/<str:number>.<form:form>", open311.one_request, name="request"),
    path("v2/tokens/<str:token>.<form:form>", open311.token, name="token"),
    path("v2/servicerequestupdates.<form:form>", open311.updates, name="updates"),
]
