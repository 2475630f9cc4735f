"""Memory of the running portal: two web workers after each has answered every kind of page (PSS, so shared pages count once)."""

from pathlib import Path

from benchmarks.result import Result

MIB = 1024


def pss_kib(pid: int) -> int:
    """What the process really takes: private pages whole, shared ones in parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def measure():
    from pruszcz_portal import web
    from tests.stand import Stand, children_of

    with Stand() as stand:
        stand.run("-m", "benchmarks.seed", "catalogue")
        master = stand.start(*web.command("127.0.0.1", stand.port), log="web")
        stand.await_web()
        for _round in range(50):
            for path in ("/", "/eboi/", "/eboi/sprawy/do-1/", "/konto/zaloguj/", "/deklaracja-dostepnosci/"):
                stand.request("GET", path)
        used = sum(pss_kib(pid) for pid in [master.pid, *children_of(master.pid)])
    yield Result("memory two_web_workers", used / MIB, "MiB", at_most=200)
