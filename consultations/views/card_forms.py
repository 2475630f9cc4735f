"""The card of a vote on projects, as a person fills it in. What the rules of the edition refuse is told beside the line."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import budget
from consultations.cards import AgePolicy, Mark, judge
from consultations.models import BallotType, BudgetRules, Instrument
from consultations.tally.counting import BY_MARK

NOTHING = ("", gettext_lazy("nie zaznaczam"))
MOST_SHOWN = 20  # points or places to choose from


class LineField(forms.ChoiceField):
    """One line of a card among many: that most stay blank needs no saying."""

    is_plainly_optional = True


class CardForm(forms.Form):
    """One line a project. `answers` after `is_valid()`: what goes into the box. The age is checked and kept nowhere."""

    def __init__(self, *args, instrument: Instrument, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules: BudgetRules = instrument.budget
        self.rule = budget.card_rule(self.rules)
        self.projects = list(budget.on_card(instrument))
        self.is_single = self.rules.ballot_type == BallotType.CHOOSE_ONE
        if self.is_single:
            self.fields["one"] = forms.ChoiceField(
                label=_("Który projekt wybierasz"), choices=[(one.code, _labelled(one)) for one in self.projects], widget=forms.RadioSelect,
                error_messages={"required": _("Zaznacz jeden projekt."), "invalid_choice": _("Zaznacz projekt z tej listy.")},
            )  # fmt: skip
        else:
            for project in self.projects:
                self.fields[_name(project)] = self._line(project)
        if self.rules.least_age or self.rules.guardian_below:
            self._ask_age()

    def _line(self, project) -> forms.Field:
        label = _labelled(project)
        if self.rules.ballot_type in BY_MARK:
            return forms.BooleanField(label=label, required=False, help_text=project.place)
        choices = [NOTHING, *((str(value), self._worded(value)) for value in self._values())]
        return LineField(
            label=label,
            choices=choices,
            required=False,
            help_text=project.place,
            error_messages={"invalid_choice": _("Wybierz wartość z listy.")},
        )

    def _values(self):
        """Places from the first, points from the most."""
        if self.rules.ballot_type == BallotType.ORDINAL:
            return range(1, min(self.rule.most_marks or len(self.projects), MOST_SHOWN, len(self.projects)) + 1)
        least, most = (
            max(self.rule.least_points or 1, 1),
            self.rule.most_points or min(self.rule.most_sum or MOST_SHOWN, MOST_SHOWN),
        )
        return range(most, least - 1, -1)

    def _worded(self, value):
        return _("miejsce %(value)d") % {"value": value} if self.rules.ballot_type == BallotType.ORDINAL else str(value)

    def _ask_age(self):
        self.fields["age"] = forms.IntegerField(
            label=_("Ile masz lat"), min_value=0, max_value=200, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            help_text=_("Sprawdzamy tylko, czy możesz głosować. Tej liczby nigdzie nie zapisujemy."),
            error_messages={"required": _("Wpisz, ile masz lat."), "invalid": _("Wpisz liczbę lat cyframi, na przykład 34.")},
        )  # fmt: skip
        if self.rules.guardian_below:
            label = _("Mam zgodę opiekuna (dla osób poniżej %(age)d lat)") % {"age": self.rules.guardian_below}
            self.fields["consent"] = forms.BooleanField(label=label, required=False)

    @classmethod
    def filled(cls, instrument: Instrument, answers: dict) -> "CardForm":
        """The card as it was marked, to be changed."""
        by_code = {one.code: one for one in budget.on_card(instrument)}
        is_ordinal = instrument.budget.ballot_type == BallotType.ORDINAL
        initial: dict[str, object] = {}
        for place, (code, points) in enumerate(answers["votes"], 1):
            initial[_name(by_code[code])] = str(place) if is_ordinal else points or True
            initial["one"] = code
        return cls(instrument=instrument, initial=initial)

    def lines(self):
        """For the page: each project with its field."""
        for project in self.projects:
            yield project, None if self.is_single else self[_name(project)]

    def clean(self):
        typed = super().clean()
        if not self.errors.keys() - {"age"}:
            self._judge(self._marks(typed))
        self._check_age(typed)
        return typed

    def _marks(self, typed) -> list[Mark]:
        if self.is_single:
            return [Mark(typed["one"])]
        marked = [(one, typed[_name(one)]) for one in self.projects if typed.get(_name(one))]
        if self.rules.ballot_type in BY_MARK:
            return [Mark(one.code) for one, _value in marked]
        if self.rules.ballot_type == BallotType.ORDINAL:
            return self._in_places(marked)
        return [Mark(one.code, int(value)) for one, value in marked]

    def _in_places(self, marked) -> list[Mark]:
        places = [int(value) for _one, value in marked]
        for one, value in marked:
            if places.count(int(value)) > 1:
                self.add_error(_name(one), _("To samo miejsce ma też inny projekt. Każde miejsce może mieć jeden."))
        return [Mark(one.code) for one, _value in sorted(marked, key=lambda pair: int(pair[1]))]

    def _judge(self, marks):
        """A card on paper may be valid with a line left out; here the line can still be mended, so it is."""
        if self.errors:
            return
        verdict = judge(self.rule, marks, {one.code: one.cost_grosze for one in self.projects})
        if verdict.reason:
            self.add_error(None, verdict.reason.translated(_))
        names = {one.code: _name(one) for one in self.projects}
        for line in verdict.ignored:
            self.add_error(names[line.mark.project], line.reason.translated(_))
        self.answers = budget.answers_of(verdict.kept)

    def _check_age(self, typed):
        if typed.get("age") is None:
            return
        policy = AgePolicy(localdate(), self.rules.least_age, self.rules.guardian_below, self.rules.age_source)
        refusal = policy.refusal(typed["age"], localdate(), has_consent=bool(typed.get("consent")))
        if refusal:
            self.add_error("age", refusal.translated(_))


def _labelled(project) -> str:
    """As on the paper card: number, name, cost."""
    return f"{project.code}. {project.name} ({project.cost_in_words})"


def _name(project) -> str:
    return f"p{project.order}"
