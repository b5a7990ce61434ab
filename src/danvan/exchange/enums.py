from django.db import models


class PostKind(models.TextChoices):
    """What a key sent."""

    MATTER = "matter", "Phản ánh, kiến nghị"
    UPDATE = "update", "Bổ sung của người gửi"
