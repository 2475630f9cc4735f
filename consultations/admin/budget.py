"""The desk of the participatory budget: rules, projects, counting, drawing lots; and how a paper card is keyed."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from consultations import budget
from consultations.actions import budget as verbs
from consultations.cards import CARD_RULES, IGNORE, VOID, CardRule, Mark
from consultations.models import BallotType, BudgetRules, Draw, Instrument, InstrumentKind, Project, TallyRun
from consultations.sentences import zloty
from consultations.statuses import ConsultationStatus
from consultations.tally import RULES, TIE_RULES
from office.admin_buttons import Button, DeskAdmin
from ui.fields import CleanCharField

BEFORE_ANNOUNCING = (ConsultationStatus.DRAFT, ConsultationStatus.APPROVED)
RULE_CHOICES = [(name, rule.name) for name, rule in RULES.items() if rule.is_binding]
TIE_CHOICES = [("", "—"), *((name, rule.name) for name, rule in TIE_RULES.items())]
CARD_CHOICES = [("pruszcz-2019", _("Pruszcz: do pięciu projektów, punkty od 5 do 1")), *BallotType.choices]
CARD_OF = {"pruszcz-2019": BallotType.CUMULATIVE}
READ = ["instrument", "pot", "most_cost", "ballot_type", "limits", "counting", "ties", "draw_announcement", "least_age", "guardian_below",
        "age_source", "source"]  # fmt: skip
FAULTS = [(VOID, _("karta jest nieważna")), (IGNORE, _("tych wierszy się nie liczy"))]


def _whole(label, **kwargs):
    return forms.IntegerField(label=label, required=False, min_value=0, **kwargs)


class ZlotyField(forms.DecimalField):
    """Złoty as people write them, kept in grosze."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_digits=13, decimal_places=2, **kwargs)

    def prepare_value(self, value):
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def clean(self, value):
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)


class BudgetRulesForm(forms.ModelForm):
    """The resolution's rules in menus; `card` is put together from the fields below."""

    instrument = forms.ModelChoiceField(label=_("Głosowanie"), queryset=Instrument.objects.filter(kind=InstrumentKind.BUDGET))
    pot_grosze = ZlotyField(label=_("Pula (zł)"))
    project_most_grosze = ZlotyField(label=_("Największy koszt projektu (zł)"), required=False)
    kind = forms.ChoiceField(label=_("Karta"), choices=CARD_CHOICES)
    least_marks = _whole(_("Najmniej projektów na karcie"))
    most_marks = _whole(_("Najwięcej projektów na karcie"))
    least_points = _whole(_("Najmniej punktów przy projekcie"))
    most_points = _whole(_("Najwięcej punktów przy projekcie"))
    most_sum = _whole(_("Najwięcej punktów razem"))
    no_points = forms.ChoiceField(label=_("Projekt bez punktów"), choices=FAULTS, required=False)
    equal_points = forms.ChoiceField(label=_("Te same punkty dwa razy"), choices=FAULTS, required=False)
    rule = forms.ChoiceField(label=_("Zasada liczenia"), choices=RULE_CHOICES)
    first_tie = forms.ChoiceField(label=_("Przy remisie najpierw"), choices=TIE_CHOICES, required=False)
    second_tie = forms.ChoiceField(label=_("Potem"), choices=TIE_CHOICES, required=False)
    third_tie = forms.ChoiceField(label=_("Na końcu"), choices=TIE_CHOICES, required=False)
    draw_announcement = CleanCharField(
        label=_("Jawna wartość do losowania"), max_length=300, required=False,
        help_text=_("Jaka, gdzie i którego dnia będzie ogłoszona, na przykład: wynik losowania Lotto z 5 grudnia 2026."),
    )  # fmt: skip
    source = CleanCharField(label=_("Uchwała"), max_length=300)

    class Meta:
        model = BudgetRules
        fields = ["instrument", "pot_grosze", "project_most_grosze", "rule", "draw_announcement", "least_age", "guardian_below",
                  "age_source", "source"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {"kind": self.instance.ballot_type, **self.instance.card}
            self.initial |= dict(zip(("first_tie", "second_tie", "third_tie"), self.instance.tie_rules, strict=False))

    def clean(self):
        typed = super().clean()
        if self.errors:
            return typed
        kind = typed["kind"]
        limits = {name: typed[name] for name in ("least_marks", "most_marks", "least_points", "most_points", "most_sum")}
        faults = {name: typed[name] for name in ("no_points", "equal_points") if typed[name]}
        given = {name: limit for name, limit in limits.items() if limit is not None} | faults
        preset = CARD_RULES[kind].as_data() if kind == "pruszcz-2019" else {}
        self.instance.ballot_type = CARD_OF.get(kind, kind)
        self.instance.card = CardRule.of_data(self.instance.ballot_type, {**given, **preset}).as_data()
        self.instance.tie_rules = list(dict.fromkeys(filter(None, (typed["first_tie"], typed["second_tie"], typed["third_tie"]))))
        return typed


class DrawForm(forms.Form):
    public_value = CleanCharField(label=_("Ogłoszona wartość"), max_length=200, help_text=_("Dokładnie tak, jak ją ogłoszono."))


class WhatIfForm(forms.Form):
    rule = forms.ChoiceField(label=_("Zasada do porównania"))

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(name, RULES[name].name) for name in verbs.what_ifs(obj.instrument)]


def count_now(rules, *, by, moment):
    return verbs.run_tally(rules.instrument, by=by, moment=moment)


def count_what_if(rules, *, rule, by, moment):
    return verbs.run_tally(rules.instrument, rule=rule, by=by, moment=moment)


def draw_now(rules, *, public_value, by, moment):
    return verbs.draw_lots(rules.instrument, public_value=public_value, by=by, moment=moment)


def _is_closed(rules, user):
    return rules.instrument.batches.filter(is_final=True).exists()


class BudgetRulesAdmin(DeskAdmin):
    may_add = may_change = True
    form = BudgetRulesForm
    list_display = ["instrument", "pot", "ballot_type", "rule"]
    buttons = [
        Button(_("Policz głosy"), count_now, needs="consultations.run_tally", when=_is_closed),
        Button(_("Losuj między równymi"), draw_now, form=DrawForm, needs="consultations.run_tally",
               when=lambda rules, user: bool(_open_tie(rules))),
        Button(_("Policz inną zasadą"), count_what_if, form=WhatIfForm, needs="consultations.run_tally", when=_is_closed, tone="secondary"),
    ]  # fmt: skip

    @admin.display(description=_("pula"))
    def pot(self, rules):
        return zloty(rules.pot_grosze)

    def has_change_permission(self, request, obj=None):
        """Fixed once the vote is announced: nobody changes the rules of a vote that people rely on."""
        is_fixed = obj is not None and obj.instrument.consultation.status not in BEFORE_ANNOUNCING
        return not is_fixed and super().has_change_permission(request, obj)

    # Rules that are only read stand in words: the menus of the form say nothing without it.

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not self._is_typed(request, obj):
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if self._is_typed(request, obj) else READ

    def get_readonly_fields(self, request, obj=None):
        return [] if self._is_typed(request, obj) else READ

    def _is_typed(self, request, obj):
        return obj is None or self.has_change_permission(request, obj)

    @admin.display(description=_("największy koszt projektu"))
    def most_cost(self, rules):
        return zloty(rules.project_most_grosze) if rules.project_most_grosze else "-"

    @admin.display(description=_("co może być na karcie"))
    def limits(self, rules):
        labels, faults = BudgetRulesForm.base_fields, dict(FAULTS)
        found = [(labels[name].label, faults.get(value, value)) for name, value in rules.card.items() if name in labels]
        return format_html_join(mark_safe("<br>"), "{}: {}", found) or "-"

    @admin.display(description=_("zasada liczenia"))
    def counting(self, rules):
        return RULES[rules.rule].name

    @admin.display(description=_("przy remisie"))
    def ties(self, rules):
        return ", ".join(str(TIE_RULES[name].name) for name in rules.tie_rules) or "-"


def _open_tie(rules):
    run = rules.instrument.tallies.filter(is_what_if=False).order_by("-at").first()
    return run and not run.result["is_final"]


class ProjectForm(forms.ModelForm):
    instrument = forms.ModelChoiceField(label=_("Głosowanie"), queryset=Instrument.objects.filter(kind=InstrumentKind.BUDGET))
    cost_grosze = ZlotyField(label=_("Koszt (zł)"))

    class Meta:
        model = Project
        fields = ["instrument", "code", "order", "name", "description", "cost_grosze", "place", "latitude", "longitude",
                  "withdrawn_reason"]  # fmt: skip


class ProjectAdmin(DeskAdmin):
    may_add = may_change = may_delete = True
    form = ProjectForm
    list_display = ["code", "name", "cost", "place", "instrument"]
    list_display_links = ["code", "name"]
    list_filter = ["instrument"]
    search_fields = ["code", "name", "place"]

    @admin.display(description=_("koszt"), ordering="cost_grosze")
    def cost(self, project):
        return zloty(project.cost_grosze)

    def has_change_permission(self, request, obj=None):
        """The card is fixed once the vote is announced."""
        is_fixed = obj is not None and obj.instrument.consultation.status not in BEFORE_ANNOUNCING
        return not is_fixed and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        is_fixed = obj is not None and obj.instrument.consultation.status not in BEFORE_ANNOUNCING
        return not is_fixed and super().has_delete_permission(request, obj)


class TallyRunAdmin(DeskAdmin):
    list_display = ["at", "instrument", "rule", "is_what_if", "winners"]
    list_filter = ["instrument", "is_what_if"]
    fields = readonly_fields = ("instrument", "at", "rule", "rule_version", "is_what_if", "inputs_sha256", "winners", "steps")

    @admin.display(description=_("wygrały"))
    def winners(self, run):
        return ", ".join(run.result["winners"])

    @admin.display(description=_("przebieg"))
    def steps(self, run):
        rows = format_html_join(
            "", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            ((one["project"], one["points"], zloty(one["cost"]), one["reason"]) for one in run.result["steps"]),
        )  # fmt: skip
        head = format_html(
            "<tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>", _("projekt"), _("wynik"), _("koszt"), _("dlaczego")
        )
        return format_html("<table>{}{}</table>", head, rows)


class DrawAdmin(DeskAdmin):
    list_display = ["at", "instrument", "public_value", "order"]
    fields = readonly_fields = ("instrument", "candidates", "chain_head", "public_value", "seed", "order", "at")


class BudgetKeyingForm(forms.Form):
    """A paper card, line by line as it is: a mark, and what stands beside it. A bad card is keyed too; the rules judge it."""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.projects = list(budget.on_card(obj.instrument))
        self.takes_points = budget.card_rule(obj.instrument.budget).takes_points
        self.is_ordinal = obj.instrument.budget.ballot_type == BallotType.ORDINAL
        for project in self.projects:
            label = f"{project.code}. {project.name}"
            self.fields[f"mark-{project.pk}"] = forms.BooleanField(label=label, required=False)
            if self.takes_points or self.is_ordinal:
                beside = _("miejsce") if self.is_ordinal else _("punkty")
                self.fields[f"points-{project.pk}"] = forms.IntegerField(
                    label=f"{project.code}: {beside}", required=False, min_value=0, max_value=1000
                )

    def clean(self):
        typed = super().clean()
        marked = [one for one in self.projects if typed.get(f"mark-{one.pk}") or typed.get(f"points-{one.pk}") is not None]
        if self.is_ordinal:
            marked.sort(key=lambda one: typed.get(f"points-{one.pk}") or 1001)
            return {"answers": budget.answers_of([Mark(one.code) for one in marked])}
        return {"answers": budget.answers_of([Mark(one.code, typed.get(f"points-{one.pk}")) for one in marked])}


admin.site.register(BudgetRules, BudgetRulesAdmin)
admin.site.register(Project, ProjectAdmin)
admin.site.register(TallyRun, TallyRunAdmin)
admin.site.register(Draw, DrawAdmin)
