from django.db import models


class AcceptedRequest(models.Model):
    """What was answered to a form's one-time key. Written in the transaction of what the form asked for (D1, D2)."""

    key = models.UUIDField(primary_key=True)
    actor = models.UUIDField()  # User.subject: a key of one person never opens another's reply
    body_hash = models.BinaryField(max_length=32)
    reply = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
