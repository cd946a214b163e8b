"""What the security documents name exists, and what they promise by construction is so."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "SECURITY.md", ROOT / "docs" / "threat-model.md", ROOT / "docs" / "reliability.md"]
CLIENTS = {"aiohttp", "ftplib", "http", "httpx", "requests", "urllib3"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_proof_that_is_named_is_there(document: Path) -> None:
    named = set(re.findall(r"`((?:tests|scripts|docs)/[\w./-]+)`", document.read_text()))
    assert len(named) > 10
    assert {path for path in named if not (ROOT / path).is_file()} == set()


def test_what_reads_files_has_nothing_to_fetch_with() -> None:
    modules = list((ROOT / "services" / "extract" / "bantin_extract").rglob("*.py"))
    assert modules
    imported = {
        name for module in modules for node in ast.walk(ast.parse(module.read_text())) for name in _imported(node)
    }
    assert not {name for name in imported if name.split(".")[0] in CLIENTS or name == "urllib.request"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
