"""The one page of the kancelaria that is not at the desk: the development mailbox, absent in production."""

from django.conf import settings
from django.urls import path

from office import mailbox

app_name = "office"
urlpatterns = [] if settings.IS_PRODUCTION else [path("poczta-testowa/", mailbox.mailbox, name="mailbox")]
