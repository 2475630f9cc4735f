from django.db import models


class Counter(models.Model):
    """The last number given in a series in a year. Locked by the transaction that takes the next one."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="office_counter_series_year")]

    def __str__(self):
        return f"{self.series}/{self.year}: {self.last}"
