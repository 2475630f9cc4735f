from django.db import models


class AcceptedRequest(models.Model):
    """What was answered to a form's one-time key. Written in the transaction of what the form asked for (D1, D2).

    A row without a reply is a key whose form was shown again with errors: nothing was done yet.
    """

    key = models.UUIDField(primary_key=True)
    actor = models.UUIDField()  # User.subject: a key of one person never opens another's reply
    body_hash = models.BinaryField(max_length=32)
    reply = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self):
        return str(self.key)
