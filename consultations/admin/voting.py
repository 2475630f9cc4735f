"""The box on the desk: voices held to be settled, sealed batches, the public chain. Nobody here sees who voted or what a voice says."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from consultations import suspicion
from consultations.actions import settlements, versions
from consultations.models import Batch, ChainEntry, Envelope, InstrumentVersion, SuspicionLimits, VoiceFile
from consultations.statuses import EnvelopeState
from office.admin_buttons import Button, DeskAdmin

SETTLES = "consultations.settle_envelope"


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("Uzasadnienie"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Przeczyta je osoba, która oddała głos.")
    )
    whole_cluster = forms.BooleanField(label=_("Dla całego skupiska, nie tylko dla tego głosu"), required=False, initial=True)


class ClusterForm(forms.Form):
    whole_cluster = forms.BooleanField(label=_("Dla całego skupiska, nie tylko dla tego głosu"), required=False, initial=True)


def admit(envelope, *, reason, whole_cluster, by, moment):
    settlements.propose(envelope, is_admitted=True, reason=reason, whole_cluster=whole_cluster, by=by, moment=moment)


def refuse(envelope, *, reason, whole_cluster, by, moment):
    settlements.propose(envelope, is_admitted=False, reason=reason, whole_cluster=whole_cluster, by=by, moment=moment)


def _proposal(envelope):
    return getattr(envelope, "settlement", None) if envelope.state == EnvelopeState.HELD else None


def _is_new(envelope, user):
    return envelope.state == EnvelopeState.HELD and _proposal(envelope) is None


def _waits_for(envelope, user):
    proposal = _proposal(envelope)
    return proposal is not None and proposal.proposed_by != user.subject


def _has_proposal(envelope, user):
    return _proposal(envelope) is not None


@admin.register(Envelope)
class EnvelopeAdmin(DeskAdmin):
    """Only voices that were held, as bare numbers: no content, no voter, no moment."""

    list_display = ["short", "instrument", "channel", "state", "why", "proposal"]
    list_filter = ["state", "instrument__consultation"]
    list_select_related = ["instrument", "settlement"]
    fields = readonly_fields = ("instrument", "channel", "state", "why", "like", "proposal")
    ordering = ["state", "pk"]
    buttons = [
        Button(_("Zaproponuj dopuszczenie"), admit, needs=SETTLES, form=SettleForm, when=_is_new),
        Button(_("Zaproponuj niedopuszczenie"), refuse, needs=SETTLES, form=SettleForm, when=_is_new, tone="danger"),
        Button(_("Potwierdź propozycję"), settlements.confirm, needs=SETTLES, form=ClusterForm, when=_waits_for),
        Button(
            _("Wycofaj propozycję"), settlements.withdraw, needs=SETTLES, form=ClusterForm, when=_has_proposal, tone="secondary"
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(held_for=[]).defer("sealed", "token_mark", "commitment")

    @admin.display(description=_("koperta"))
    def short(self, obj):
        return obj.pk.hex[:8]

    @admin.display(description=_("dlaczego wstrzymany"))
    def why(self, obj):
        return ", ".join(suspicion.in_words(obj.held_for))

    @admin.display(description=_("podobnych wstrzymanych"))
    def like(self, obj):
        return settlements._held_with(obj).count()

    @admin.display(description=_("propozycja"))
    def proposal(self, obj):
        found = getattr(obj, "settlement", None)
        if found is None:
            return "-"
        word = _("dopuścić") if found.is_admitted else _("nie dopuszczać")
        return f"{word}: {found.reason}"


@admin.register(Batch)
class BatchAdmin(DeskAdmin):
    list_display = ["instrument", "number", "day", "count", "is_final", "head"]
    list_filter = ["instrument__consultation"]
    list_select_related = ["instrument"]
    fields = readonly_fields = (
        "instrument",
        "number",
        "day",
        "count",
        "is_final",
        "ballots_root",
        "commitments_root",
        "previous",
        "head",
    )


@admin.register(ChainEntry)
class ChainEntryAdmin(DeskAdmin):
    list_display = ["consultation", "number", "kind", "day", "hash"]
    list_filter = ["kind", "consultation"]
    list_select_related = ["consultation"]
    fields = readonly_fields = ("consultation", "number", "kind", "day", "payload", "payload_sha256", "previous", "hash")


@admin.register(SuspicionLimits)
class SuspicionLimitsAdmin(DeskAdmin):
    """Dated thresholds: a next row is added, nobody edits the past."""

    may_add = True
    list_display = ["valid_from", "valid_to", "device_voices", "network_voices", "burst_voices", "needs_confirmation"]

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields if field.name != "id"] if obj else []


class NextVersionForm(forms.Form):
    """Picks a newer published version of the same questions."""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        newer = obj.instrument.definition.versions.in_force().filter(number__gt=obj.version.number)
        self.fields["version"] = forms.ModelChoiceField(newer, label=_("Nowa wersja pytań"), empty_label=None)


def put_to_use(used, *, version, by, moment):
    return versions.put_to_use(used.instrument, version, by=by, moment=moment)


def _has_newer(used, user):
    newest = versions.in_use(used.instrument)
    return (
        newest is not None
        and newest.pk == used.pk
        and used.version.definition.versions.in_force().filter(number__gt=used.version.number).exists()
    )


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(DeskAdmin):
    """What a survey asks and asked, with each change as it was approved."""

    list_display = ["instrument", "version", "edit", "approved_at", "collected_until"]
    list_filter = ["instrument__consultation"]
    list_select_related = ["instrument", "version"]
    fields = readonly_fields = ("instrument", "version", "edit", "changes", "approved_at", "collected_until")
    buttons = [
        Button(
            _("Wprowadź nowszą wersję"), put_to_use, needs="consultations.approve_consultation", form=NextVersionForm, when=_has_newer
        )
    ]  # fmt: skip


@admin.register(VoiceFile)
class VoiceFileAdmin(DeskAdmin):
    """Files sent with answers of open surveys: whose they are is not known here. Opened only when found clean."""

    purpose = _("opracowanie wyników konsultacji")
    list_display = ["file", "instrument", "scan"]
    list_filter = ["instrument__consultation"]
    list_select_related = ["file", "instrument"]
    fields = readonly_fields = ("instrument", "file", "scan")

    @admin.display(description=_("sprawdzenie"))
    def scan(self, row):
        return row.file.get_scan_state_display()

    def files_of(self, row):
        return [row.file]
