"""The copy of everything the town holds on a person, made by a worker and taken by its owner (GDPR art. 15, 20)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import StoredFile
from residents.models.people import Person

TRIES = 3  # a copy that fails so often needs a person to look


class DataCopyQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person__account=user) if user.is_authenticated else self.none()

    def waiting(self):
        """Not made yet, nor given up."""
        return self.filter(made_at__isnull=True, failed_at__isnull=True)

    def to_make(self, moment):
        """Waiting, and nobody is at it: new, or left by a worker that died holding its lease."""
        return self.waiting().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=moment))


class DataCopy(models.Model):
    """A request for a copy until it is made; then the file, sealed on disk, until its period is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="data_copies", verbose_name=_("osoba"))
    asked_at = models.DateTimeField(_("zamówiona"))
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(_("nie udała się"), null=True)
    made_at = models.DateTimeField(_("gotowa"), null=True)
    taken_at = models.DateTimeField(_("pobrana"), null=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="data_copy", verbose_name=_("plik"))

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("kopia danych")
        verbose_name_plural = _("kopie danych")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(made_at__isnull=True, failed_at__isnull=True), name="residents_one_copy_waits"
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, file__isnull=True) | Q(made_at__isnull=False, file__isnull=False),
                name="residents_made_copy_has_its_file",
            ),
        ]

    def __str__(self):
        return str(self.asked_at)
