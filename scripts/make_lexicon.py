"""Write the lexicon of compounds from the word list in the PyPI package `pyvi` (MIT, Viet-Trung Tran).

The package is needed to make the file, not to read it:

    uv run --no-project --with-editable shared --with pyvi==0.1.1 --no-deps python scripts/make_lexicon.py
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import files
from pathlib import Path

from bantin.vietnamese.syllables import exact_syllables

LEXICON = Path(__file__).parent.parent / "shared/bantin/vietnamese/data/compounds.txt"
SOURCE = (
    "Words of 2 to 4 syllables of PyPI pyvi 0.1.1, MIT, Copyright (c) 2016 Viet-Trung Tran;"
    " made by scripts/make_lexicon.py"
)
SHORTEST, LONGEST = 2, 4


def main() -> None:
    """Write compounds.txt: a compound a line, its syllables in canonical spelling."""
    (words,) = (path for path in files("pyvi") or () if path.name == "words.txt")
    compounds = sorted(set(canonical_compounds(words.read_text("utf-8").splitlines())))
    LEXICON.parent.mkdir(exist_ok=True)
    LEXICON.write_text(f"# {SOURCE}\n" + "".join(f"{compound}\n" for compound in compounds), "utf-8")


def canonical_compounds(words: Iterable[str]) -> Iterator[str]:
    """Give the words of several syllables, as syllables are compared."""
    for word in words:
        syllables = exact_syllables(word)
        if SHORTEST <= len(syllables) <= LONGEST and not any(any(map(str.isdigit, part)) for part in syllables):
            yield " ".join(syllables)


if __name__ == "__main__":
    main()
