"""Write the gazetteer's data files from the PyPI package `vietnamadminunits` (MIT, Tran Ngoc Minh Hieu).

The package is needed to make the files, not to read them:

    uv run --no-project --with vietnamadminunits==1.0.4 python scripts/make_gazetteer.py

Names that were gone before 2025 are kept by hand in `earlier_names.csv` beside the districts.
"""

import csv
import json
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PROVINCES = ROOT / "shared/bantin/vietnamese/data/provinces.csv"
DISTRICTS = ROOT / "services/extract/bantin_extract/data/districts.csv"
SOURCE = "PyPI vietnamadminunits 1.0.4, MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu; made by scripts/make_gazetteer.py"


def main() -> None:
    """Write provinces.csv and districts.csv."""
    get_data: Callable[..., list[dict[str, Any]]] = import_module("vietnamadminunits.database").get_data
    legacy = get_data(
        ["province", "provinceShort", "provinceKey", "districtShort", "districtType"], "admin_units_legacy"
    )
    today = get_data(["province", "provinceShort", "provinceKey"], "admin_units")
    write(PROVINCES, ("name", "type", "today", "today_type"), provinces(legacy, today))
    districts = {(row["districtShort"], row["districtType"], row["provinceShort"]) for row in legacy}
    write(DISTRICTS, ("name", "type", "province"), sorted(d for d in districts if d[0]))


def provinces(legacy: list[dict[str, Any]], today: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return old name, old type, name since 1 July 2025, its type; one row an old province."""
    merged: dict[str, list[str]] = json.loads(
        files("vietnamadminunits").joinpath("data/converter_2025.json").read_text("utf-8")
    )["DICT_PROVINCE"]
    new_key = {old: new for new, olds in merged.items() for old in olds}
    new_names = {row["provinceKey"]: row for row in today}
    rows: set[tuple[str, ...]] = set()
    for old in legacy:
        new = new_names[new_key[old["provinceKey"]]]
        rows.add((old["provinceShort"], unit_type(old), new["provinceShort"], unit_type(new)))
    return sorted(rows)


def unit_type(row: dict[str, Any]) -> str:
    """Return the word before the short name: "Tỉnh" or "Thành phố"."""
    return str(row["province"]).removesuffix(row["provinceShort"]).strip()


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one CSV file with a first line that names its source."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {SOURCE}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
