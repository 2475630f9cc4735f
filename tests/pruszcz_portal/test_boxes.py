"""PostgreSQL and Valkey from wheels: quick to come, gone with their owner, nothing lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from pruszcz_portal import boxes
from pruszcz_portal.boxes import CHECKOUT, BoxError, Postgres, ThrowAway, Valkey

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    box = Postgres(tmp_path_factory.mktemp("boxes"), durable=True)
    box.start()
    yield box
    box.stop()


def query(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def owner_of_a_cluster(folder):
    """Another Python that starts a cluster in `folder` and waits; (process, postmaster's pid)."""
    code = (
        "import sys, time; from pathlib import Path; from pruszcz_portal.boxes import Postgres\n"
        "box = Postgres(Path(sys.argv[1]), durable=False); box.start(); print(box.process.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    return owner, int(owner.stdout.readline())


def test_polish_letters_change_case_and_the_calendar_knows_warsaw(postgres):
    assert query(postgres.url, "select lower('ZAŻÓŁĆ GĘŚLĄ JAŹŃ')") == ("zażółć gęślą jaźń",)
    assert query(postgres.url, "select (timestamptz '2026-07-01 12:00Z' at time zone 'Europe/Warsaw')::text") == (
        "2026-07-01 14:00:00",
    )


def test_the_cluster_listens_on_a_private_socket_only(postgres):
    assert query(postgres.url, "show listen_addresses") == ("",)
    assert postgres.sockets.stat().st_mode & 0o077 == 0


def test_a_kept_cluster_is_durable_and_one_for_tests_is_not(postgres):
    assert query(postgres.url, "show fsync") == ("on",)
    assert query(os.environ["DATABASE_URL"], "show fsync") == ("off",)


def test_no_committed_row_is_lost_when_the_server_is_killed(postgres):
    query(postgres.url, "create table slips (number int)")
    query(postgres.url, "insert into slips select generate_series(1, 1000)")
    os.kill(postgres.process.pid, signal.SIGKILL)
    postgres.process.wait()

    postgres.restart()

    assert query(postgres.url, "select count(*) from slips") == (1000,)


def test_data_stays_from_one_start_to_the_next(tmp_path):
    first = Postgres(tmp_path, durable=False)
    first.start()
    query(first.url, "create table kept ()")
    first.stop()

    second = Postgres(tmp_path, durable=False)
    second.start()

    assert query(second.url, "select to_regclass('kept')::text") == ("kept",)
    second.stop()


def test_the_server_ends_when_its_owner_is_killed_and_the_next_owner_goes_on(tmp_path):
    owner, postmaster = owner_of_a_cluster(tmp_path)
    owner.kill()
    owner.wait()

    successor = Postgres(tmp_path, durable=False)  # at once, while the old server may still be closing
    successor.start()

    assert not alive(postmaster)
    assert query(successor.url, "select 1") == (1,)
    successor.stop()


def test_a_second_comer_attaches_and_does_not_stop_what_it_does_not_own(postgres):
    guest = Postgres(postgres.folder)

    assert guest.start() == postgres.url
    guest.stop()

    assert not guest.owned
    assert query(postgres.url, "select 1") == (1,)


def test_four_racing_starts_give_one_server(tmp_path):
    owners = [
        subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [owner.communicate(timeout=60)[0].split() for owner in owners]

    assert sorted(owned for owned, _ in said) == ["False", "False", "False", "True"]
    assert len({started for _, started in said}) == 1


RACER = """
import sys, time, psycopg
from pathlib import Path
from pruszcz_portal.boxes import Postgres
box = Postgres(Path(sys.argv[1]), durable=False)
started = psycopg.connect(box.start()).execute("select pg_postmaster_start_time()::text").fetchone()[0].replace(" ", "T")
print(box.owned, started, flush=True)
time.sleep(3)
box.stop()
"""


def test_a_half_made_cluster_never_counts(tmp_path):
    (tmp_path / "pgdata.new").mkdir()
    (tmp_path / "pgdata.new" / "PG_VERSION").write_text("18\n")
    box = Postgres(tmp_path, durable=False)

    box.start()

    assert query(box.url, "select 1") == (1,)
    box.stop()


def test_a_pid_file_that_names_a_strangers_process_harms_nobody(tmp_path):
    box = Postgres(tmp_path, durable=False)
    box.start()
    box.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    (box.data / "postmaster.pid").write_text(f"{stranger.pid}\n{box.data}\n1\n5432\n{box.sockets}\n\n")

    with pytest.raises(BoxError) as trouble:
        box.start()

    assert "postmaster.pid" in str(trouble.value)
    assert stranger.poll() is None
    stranger.kill()


def test_a_folder_too_deep_for_a_socket_works_all_the_same(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    box = Postgres(deep, durable=False)

    box.start()

    assert len(str(box.sockets)) < 80
    assert query(box.url, "select 1") == (1,)
    box.stop()


def test_a_failed_start_says_what_the_server_said(tmp_path, monkeypatch):
    box = Postgres(tmp_path, durable=False)
    box.start()
    box.stop()
    (box.data / "postgresql.conf").write_text("shared_buffers = nonsense\n")

    with pytest.raises(BoxError, match="shared_buffers"):
        box.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand the data to another user")
def test_root_without_user_namespaces_hands_the_data_to_a_lesser_user(monkeypatch):
    monkeypatch.setattr(boxes, "_may_enter_user_namespace", lambda: False)
    folder = Path("/tmp") / f"portal-test-{os.getpid()}"  # noqa: S108  a place that the other user can reach
    box = Postgres(folder, durable=False)

    box.start()

    assert psutil.Process(box.process.pid).uids().real != 0
    box.stop()
    boxes.shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand the data to another user")
def test_root_never_opens_a_closed_parent_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(boxes, "_may_enter_user_namespace", lambda: False)
    tmp_path.chmod(0o700)

    with pytest.raises(BoxError, match="Run as an ordinary user"):
        Postgres(tmp_path / "boxes").start()

    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_valkey_answers_on_a_private_socket(tmp_path):
    box = Valkey(tmp_path)
    url = box.start()

    client = redis.Redis(unix_socket_path=url.removeprefix("redis+socket://"))

    assert client.ping()
    assert client.config_get("save") == {"save": ""}
    assert box.socket.stat().st_mode & 0o077 == 0
    client.close()
    box.stop()


def test_a_throw_away_folder_of_a_killed_process_is_swept_and_a_living_one_is_left(tmp_path):
    killed, living = (
        subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=CHECKOUT, stdout=subprocess.PIPE) for _ in range(2)
    )
    for process in (killed, living):
        process.stdout.readline()
    killed.kill()
    killed.wait()

    mine = ThrowAway(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"sweep.lock", str(living.pid), str(os.getpid())}
    mine.remove()
    living.kill()
    living.wait()


HOLDER = """
import sys, time
from pathlib import Path
from pruszcz_portal.boxes import ThrowAway
folder = ThrowAway(Path(sys.argv[1]))
print("made", flush=True)
time.sleep(60)
"""


def test_a_command_gets_both_boxes_and_its_exit_code_is_passed_on(tmp_path):
    code = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'] and os.environ['REDIS_URL'] else 1)"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-m", "pruszcz_portal.boxes", "--", sys.executable, "-c", code]

    done = subprocess.run(command, cwd=CHECKOUT, env={**environment, "VAR_DIR": str(tmp_path)}, check=False)

    assert done.returncode == 7
    assert [path.name for path in (tmp_path / "throw-away").iterdir()] == ["sweep.lock"]


def test_a_url_that_is_set_starts_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    with boxes.standing(tmp_path / "unused") as urls:
        assert urls == {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}

    assert not (tmp_path / "unused").exists()
