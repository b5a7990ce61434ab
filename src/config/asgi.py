import os

from django.core.asgi import get_asgi_application

from config.refusal import refuse_faulty_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_asgi_application()
refuse_faulty_settings()
