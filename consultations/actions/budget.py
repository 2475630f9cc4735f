"""Counting a participatory budget and drawing lots: appended to the record, never replaced (C32, 4.7)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from consultations import budget, chain
from consultations.models import Draw, TallyRun
from consultations.tally import RULES, draw, seed_of
from office.transitions import Refused


@transaction.atomic
def run_tally(instrument, *, rule="", by, moment):
    """Count the sealed box. `rule` other than the edition's is kept as "what if" and never decides.

    Refused before the last sealing: nobody learns a result while votes are coming in.
    """
    last = _closed_box(instrument)
    result = budget.count(instrument, rule)
    run = TallyRun.objects.create(
        instrument=instrument, rule=result.rule, rule_version=result.version, is_what_if=_is_what_if(instrument, result.rule),
        inputs_sha256=budget.inputs_sha256(instrument, rule), result=result.as_json(_say), by=by.subject if by else None, at=moment,
    )  # fmt: skip
    payload = {"instrument": instrument.code, "rule": run.rule, "inputs": run.inputs_sha256, "winners": run.result["winners"]}
    chain.append(instrument.consultation, "tally", payload | {"box": last.head, "is_what_if": run.is_what_if}, moment=moment)
    return run


@transaction.atomic
def draw_lots(instrument, *, public_value, by, moment):
    """Decide the open tie of the last count by the value announced before the vote. Then count again.

    Refused: no tie waits, no value was announced, or lots were drawn between these projects before.
    """
    last = _closed_box(instrument)
    run = instrument.tallies.filter(is_what_if=False).order_by("-at").first()
    between = next((tie["open_between"] for tie in run.result["ties"] if tie["is_open"]), None) if run else None
    if not between:
        raise Refused(_("Żaden remis nie czeka na losowanie."))
    if not instrument.budget.draw_announcement:
        raise Refused(_("Przed głosowaniem nie ogłoszono, jaka jawna wartość posłuży do losowania."))
    value = " ".join(public_value.split())
    if not value:
        raise Refused(_("Wpisz wartość, którą ogłoszono."))
    seed = seed_of(last.head, value)
    lots = draw(seed, between)
    try:
        with transaction.atomic():
            Draw.objects.create(
                instrument=instrument, candidates=sorted(between), chain_head=last.head, public_value=value, seed=seed,
                order=list(lots.order), by=by.subject, at=moment,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("Między tymi projektami już losowano.")) from error
    chain.append(
        instrument.consultation, "draw", {"instrument": instrument.code, "value": value, **lots.as_json()}, moment=moment
    )
    return run_tally(instrument, by=by, moment=moment)


def what_ifs(instrument) -> list[str]:
    """Other rules that this kind of ballot can be counted by."""
    return [name for name in RULES if name != instrument.budget.rule and name != "pruszcz-points"]


def _closed_box(instrument):
    last = instrument.batches.order_by("-number").first()
    if last is None or not last.is_final:
        raise Refused(_("Najpierw trzeba zamknąć i zapieczętować urnę."))
    return last


def _is_what_if(instrument, rule):
    return rule != instrument.budget.rule


def _say(sentence):
    return sentence.translated(_)
