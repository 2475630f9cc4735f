"""`python -m consultations.verify FILE...`: exit code 0 everything agrees, 1 something differs, 2 something could not be checked."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from consultations.manifest import fingerprint
from consultations.verify import NoBundle, Report, bundles, verify
from consultations.verify.history import check_history
from consultations.verify.inputs import public_key


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        reports = _reports(options)
    except (NoBundle, OSError) as error:
        return _say({"error": str(error)} if options.json else f"{error}\n", 2)
    code = max(reports, key=lambda report: (report.exit_code == 1, report.exit_code)).exit_code
    if options.json:
        return _say({"exit_code": code, "bundles": [report.as_json() for report in reports]}, code)
    return _say("\n".join(report.as_text() for report in reports), code)


def _say(told, code: int) -> int:
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(text.encode())
    return code


def _reports(options: argparse.Namespace) -> list[Report]:
    trusted = {digits.replace(" ", "").replace(":", "").lower() for digits in options.fingerprint}
    trusted |= {fingerprint(public_key(path)) for path in options.key}
    with tempfile.TemporaryDirectory() as scratch:
        found = bundles(options.files, Path(scratch))
        reports = [verify(one, trusted=trusted, head=options.head, commitment=options.commitment) for one in found]
        check_history(found, reports)
    return reports


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m consultations.verify",
        description="Sprawdza opublikowane wyniki konsultacji: podpis, skróty, korzenie partii, łańcuchy, liczby i zwycięzców.",
        epilog="Kod wyjścia: 0, gdy wszystko się zgadza; 1, gdy coś zmieniono; 2, gdy nie wszystko dało się sprawdzić.",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="manifest.json, folder, archiwum zip albo pliki z danymi"
    )
    parser.add_argument(
        "--key", action="append", default=[], type=Path, help="klucz publiczny miasta: PEM, 64 cyfry szesnastkowe albo 32 bajty"
    )
    parser.add_argument("--fingerprint", action="append", default=[], help="ogłoszony odcisk klucza (SHA-256)")
    parser.add_argument("--head", default="", help="głowa łańcucha zapisana wcześniej ze strony konsultacji")
    parser.add_argument("--commitment", default="", help="znak z potwierdzenia głosu: czy jest na liście")
    parser.add_argument("--json", action="store_true", help="wynik dla programu")
    return parser


if __name__ == "__main__":
    sys.exit(main())
