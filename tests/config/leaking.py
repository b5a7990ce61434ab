"""Views and a job that do everything by which a text could come into a log, and fail."""

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import include, path

from danvan.foundation import jobs, key_file, sealing
from danvan.foundation.models import NumberSeries

handler500 = "danvan.foundation.views.server_error"
handler404 = "danvan.foundation.views.not_found"


def view(request):
    """Its locals hold the text, a key and what it was sealed into; the fault quotes the text."""
    text = request.POST["text"]
    key = sealing.new_key("vault")
    opened = sealing.unwrap(key, key_file.load())
    sealed = sealing.seal(key, text, name="body")
    if request.GET.get("how") == "broken":
        sealing.unseal(key, sealed[:-1], name="body")
    raise LookupError(text, opened, sealed)


def row(request):
    """The database refuses: PostgreSQL quotes what stands there already, and what is too long."""
    text = request.POST["text"]
    if request.GET.get("how") == "twice":
        for _ in range(2):
            get_user_model().objects.create(username=text)
    NumberSeries.objects.create(key=text * 20, last=-1)
    NumberSeries.objects.create(key=text * 20)
    return HttpResponse()


@jobs.job(tries=1)
def job(text):
    raise LookupError(text)


urlpatterns = [path("hong/", view), path("dong/", row), path("", include("config.urls"))]
