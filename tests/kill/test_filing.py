"""Filing while everything goes wrong: nothing accepted is lost, nothing is written twice, no number is missing."""

import os
import signal
import threading
import time

from tests.filers import connect, file_all, file_until_answered, in_parallel, make_filers
from tests.kill.ledger import faults, filed, is_filed
from tests.stand import children_of, workers_killed

CLIENTS = 50
ABORT_SOME = """
create function abort_some() returns trigger language plpgsql as $f$
begin
    if exists (select 1 from doomed where draft = new.submission_id) then raise exception 'the test aborts this one'; end if;
    return new;
end $f$;
create trigger abort_some after insert on eboi_receipt for each row execute function abort_some();
"""


def test_fifty_residents_filing_at_once_get_consecutive_numbers_though_a_tenth_is_rolled_back(stand, web_server):
    """F1, L2, L8, L9: the aborted tenth dies after its number was taken, and gives it back."""
    filers = make_filers(stand, CLIENTS * 40)
    doomed = [filer.draft for filer in filers[::10]]
    stand.sql("create table doomed (draft uuid primary key)")
    stand.sql("insert into doomed select unnest(%s::uuid[])", doomed)
    stand.sql(ABORT_SOME)

    def client(number):
        line = connect(stand, timeout=60)
        statuses = [filer.file(line)[0] for filer in filers[number::CLIENTS]]
        line.close()
        return statuses

    statuses = [status for some in in_parallel(CLIENTS, client) for status in some]

    assert statuses.count(302) == len(filers) - len(doomed)
    assert statuses.count(500) == len(doomed)
    assert filed(stand) == len(filers) - len(doomed)
    assert faults(stand) == []


def test_one_form_sent_fifty_times_at_once_is_filed_once_and_answered_alike(stand, web_server):
    """F2, D2"""
    [filer] = make_filers(stand, 1)

    answers = in_parallel(CLIENTS, lambda number: press(filer, connect(stand, timeout=60)))

    assert set(answers) == {(302, filer.receipt, False)}
    assert filed(stand) == 1
    assert stand.value("select count(*) from eboi_receipt") == 1
    assert stand.value("select count(*) from office_message where event = 'eboi/received'") == 1


def test_control_without_the_one_row_per_key_the_same_fifty_are_not_answered_alike(stand, web_server):
    """Control of F2: the guard is the primary key of the stored keys. Without it every sender takes the key for its own and runs
    the filing; the draft behind it lets one through, and the others read that they can not change what was sent."""
    [filer] = make_filers(stand, 1)
    stand.sql("alter table office_acceptedrequest drop constraint office_acceptedrequest_pkey")

    answers = in_parallel(CLIENTS, lambda number: press(filer, connect(stand, timeout=60)))

    assert {told for _status, _where, told in answers} == {False, True}
    assert filed(stand) == 1


def press(filer, line):
    """One sending: (status, where it leads, was the resident told that the form had been sent before)."""
    line.request("POST", filer.path, filer.body(), filer.headers)
    answer = line.getresponse()
    answer.read()
    told = any(cookie.startswith("messages=") for cookie in answer.headers.get_all("Set-Cookie") or [])
    return answer.status, answer.headers.get("Location", ""), told


def test_the_same_draft_under_fifty_keys_is_filed_once(stand, web_server):
    """D2: fifty windows with a key each; behind the key stands the draft, which is filed once."""
    [filer] = make_filers(stand, 1)
    twins = [type(filer)(filer.cookies, filer.draft, filer.revision) for _number in range(CLIENTS)]

    in_parallel(CLIENTS, lambda number: twins[number].file(connect(stand, timeout=60)))

    assert stand.value("select count(*) from office_acceptedrequest") == 1
    assert filed(stand) == 1


def test_web_workers_killed_every_moment_for_a_minute_lose_no_filing_and_add_none(stand, web_server):
    """F7: the residents' browsers repeat with the same key; kill -9 takes whole workers in mid-work."""
    filers = make_filers(stand, 6000)
    with workers_killed(web_server) as killed:
        accepted, tries = file_all(stand, list(filers), CLIENTS, 60)

    assert len(killed) > 20
    assert tries > len(accepted) > 100
    assert is_filed(stand, accepted) == len(accepted)
    assert faults(stand) == []
    finish(stand, filers, accepted)


def test_postgresql_killed_ten_times_loses_no_accepted_filing_and_the_web_comes_back_by_itself(stand, web_server):
    """F10: all processes of the server at once, while fifty residents file."""
    filers = make_filers(stand, 6000)
    over = threading.Event()
    absences = []

    def killer():
        for _time in range(10):
            if over.wait(2):
                return
            kill_postgresql(stand)
            absences.append(seconds_until_one_more(accepted))

    accepted = []
    thread = threading.Thread(target=lambda: file_all(stand, list(filers), CLIENTS, 60, accepted))
    thread.start()
    killer()
    over.set()
    thread.join()

    assert len(absences) == 10
    assert max(absences) < 10
    assert web_server.poll() is None
    assert len(accepted) > 100
    assert is_filed(stand, accepted) == len(accepted)
    assert faults(stand) == []
    finish(stand, filers, accepted)


def finish(stand, filers, accepted):
    """Those cut off send the same form again: whoever was already filed gets the old receipt, and nothing is added."""
    cut_off = [filer for filer in filers if filer not in accepted][:200]
    line = connect(stand)

    for filer in cut_off:
        done, _tries, line = file_until_answered(stand, filer, line, time.monotonic() + 30)
        assert done
    line.close()

    assert faults(stand) == []


def kill_postgresql(stand):
    """Stop the postmaster so that it repairs nothing, kill its children, then itself, and start the server anew."""
    box = stand.postgres
    postmaster = box.process.pid
    os.kill(postmaster, signal.SIGSTOP)
    for child in children_of(postmaster):
        os.kill(child, signal.SIGKILL)
    os.kill(postmaster, signal.SIGKILL)
    box.process.wait()
    box.restart()


def seconds_until_one_more(accepted):
    """How long after PostgreSQL answers again until the web accepts the next filing, with fifty residents pressing."""
    start, before = time.monotonic(), len(accepted)
    while len(accepted) == before and time.monotonic() - start < 30:
        time.sleep(0.02)
    return time.monotonic() - start
