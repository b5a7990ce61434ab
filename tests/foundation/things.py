"""A user and some objects for tests of the floor below accounts."""

from django.contrib.auth import get_user_model

from danvan.foundation.models import NumberSeries


def a_user(number=1):
    model = get_user_model()
    return model.objects.create(**{model.USERNAME_FIELD: f"user{number}"})


def an_object(number=1):
    return NumberSeries.objects.create(key=f"thing{number}", last=number)
