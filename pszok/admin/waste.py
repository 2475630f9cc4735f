"""What the point takes, how much and when: kept by the supervisor, with dates ahead and never into the past."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import DeskAdmin
from office.polish import fold
from payments.models import zlotys
from pszok.admin.forms import CodeForm, ExceptionForm, HoursForm, LimitForm
from pszok.limits import UNITS
from pszok.models import WEEKDAYS, Fraction, LimitRule, OpeningException, OpeningHours, Point, WasteCode, WasteItem
from pszok.quantities import amount_in_words


@admin.register(Point)
class PointAdmin(DeskAdmin):
    may_change = True
    list_display = ["name", "address", "operator", "phone"]
    fields = ["name", "address", "operator", "phone", "note"]


@admin.register(Fraction)
class FractionAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["name", "is_accepted", "order", "soft_most_kg", "soft_most_pieces"]
    list_filter = ["is_accepted"]
    fields = ["code", "name", "picture", "order", "packing", "is_accepted", "refused_because", "soft_most_kg", "soft_most_pieces"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


class DatedDesk(DeskAdmin):
    """A change is a new row; of one that has begun only its end and its confirmation change, of one ahead everything."""

    may_add = may_change = True
    open_fields = ("valid_to", "needs_confirmation")

    class Media:
        css = {"all": ["css/pszok_desk.css"]}

    @admin.display(description=_("obowiązuje"), ordering="valid_from")
    def in_force(self, row):
        """ "od 1.01.2026", or from a day to a day, with the mark of what nobody has confirmed."""
        since, until = (f"{day.day}.{day:%m.%Y}" if day else "" for day in (row.valid_from, row.valid_to))
        days = f"{since}\N{EN DASH}{until}" if until else _("od %(since)s") % {"since": since}
        if not row.needs_confirmation:
            return days
        return format_html('{} <span class="tag tag--warn">{}</span>', days, _("do potwierdzenia"))

    def get_readonly_fields(self, request, obj=None):
        if obj is None or obj.valid_from > localdate():
            return []
        return [name for name in self.form.Meta.fields if name not in self.open_fields]


@admin.register(WasteCode)
class WasteCodeAdmin(DatedDesk):
    form = CodeForm
    list_display = ["__str__", "name", "fraction", "is_default", "in_force"]
    list_filter = ["fraction", "is_hazardous", "needs_confirmation"]
    list_select_related = ["fraction"]
    search_fields = ["code", "name"]
    search_help_text = _("Sześć cyfr bez odstępów albo słowo z nazwy.")


@admin.register(LimitRule)
class LimitRuleAdmin(DatedDesk):
    form = LimitForm
    list_display = ["name", "how_much", "above", "in_force"]
    list_filter = ["needs_confirmation", "measure"]

    @admin.display(description=_("ile"), ordering="amount")
    def how_much(self, rule):
        amount = amount_in_words(rule.amount, rule.measure)
        return amount if rule.period_years == 1 else _("%(amount)s na %(n)d lata") % {"amount": amount, "n": rule.period_years}

    @admin.display(description=_("ponad limit"), ordering="surplus_grosze")
    def above(self, rule):
        if not rule.surplus_grosze:
            return _("nie przyjmuje się")
        return _("%(price)s za 1 %(unit)s") % {"price": zlotys(rule.surplus_grosze), "unit": UNITS[rule.measure]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Fractions are kept on their own page, not from within a limit."""
        if db_field.name == "fractions":
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(OpeningHours)
class OpeningHoursAdmin(DatedDesk):
    form = HoursForm
    list_display = ["day", "opens", "closes", "in_force", "point"]
    list_filter = ["needs_confirmation"]
    list_select_related = ["point"]

    def get_fields(self, request, obj=None):
        """The weekday of hours that hold already is read by its name."""
        begun = obj is not None and obj.valid_from <= localdate()
        return ["day" if begun and name == "weekday" else name for name in self.form.Meta.fields]

    def get_readonly_fields(self, request, obj=None):
        return ["day" if name == "weekday" else name for name in super().get_readonly_fields(request, obj)]

    @admin.display(description=_("dzień tygodnia"), ordering="weekday")
    def day(self, hours):
        return WEEKDAYS[hours.weekday]


@admin.register(OpeningException)
class OpeningExceptionAdmin(DeskAdmin):
    may_add = may_change = may_delete = True
    form = ExceptionForm
    list_display = ["day", "opens", "closes", "reason", "point"]
    list_select_related = ["point"]
    date_hierarchy = "day"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.day >= localdate())

    def has_delete_permission(self, request, obj=None):
        """What held on a past day stays: visits of that day were let in by it."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.day >= localdate())


@admin.register(WasteItem)
class WasteItemAdmin(DeskAdmin):
    """The town's waste search. A new word is found at once."""

    may_add = may_change = may_delete = True
    list_display = ["name", "fraction", "code", "synonyms", "hint"]
    list_filter = ["fraction"]
    list_select_related = ["fraction", "code"]
    search_fields = ["search"]
    search_help_text = _("Nazwa albo inna nazwa, polskie litery nie są potrzebne.")
    fields = ["name", "synonyms", "fraction", "code", "hint"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))

    def save_model(self, request, obj, form, change):
        obj.search = obj.folded()
        super().save_model(request, obj, form, change)
