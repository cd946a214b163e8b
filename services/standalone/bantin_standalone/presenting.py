"""Search answers and traces as a terminal shows them."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from bantin.telemetry.tree import SpanNode

SHOWN_FACETS = ("province", "person", "organisation", "document", "campaign")
SHOWN_VALUES = 3


def say(console: Console, text: str) -> None:
    """Print a sentence as it is, in one line: what it names can be copied, searched for and read by scripts."""
    console.print(Text(text), soft_wrap=True)


def marked(fragment: str) -> Text:
    """Return a highlight (escaped HTML with `<mark>`) as text with its marks in bold."""
    text = Text()
    for position, piece in enumerate(re.split(r"</?mark>", fragment)):
        text.append(html.unescape(piece), "bold yellow" if position % 2 else "")
    return text


def results(answer: Mapping[str, Any]) -> RenderableType:
    """Return the hits with their highlights and the facets with their counts."""
    parts: list[RenderableType] = [Text(f"{answer['total']} articles in {answer['took_ms']} ms\n")]
    for number, hit in enumerate(answer["hits"], 1):
        title = Text(f"{number}. ").append_text(marked((hit["highlight"]["title"] or [html.escape(hit["title"])])[0]))
        title.stylize("bold")
        details = [hit["published_at"], hit["province"], hit["section"], hit["source"], *hit["authors"]]
        fragments = hit["highlight"]["body"] or [html.escape(hit["snippet"])]
        parts += [title, Text("   " + " · ".join(filter(None, details)), style="dim")]
        parts += [Padding(marked(fragment), (0, 0, 1, 3)) for fragment in fragments[:2]]
    return Group(*parts, _facets(answer["facets"]))


def _facets(facets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Table:
    table = Table("facet", "values", title="Facets", title_justify="left")
    for name in SHOWN_FACETS:
        if values := facets.get(name):
            shown = "\n".join(f"{value['value']} ({value['count']})" for value in values[:SHOWN_VALUES])
            table.add_row(name, Text(shown))
    return table


def trace_tree(title: str, nodes: Sequence[SpanNode]) -> Tree:
    """Return a trace as a tree of spans with their durations."""
    tree = Tree(title)
    _grow(tree, nodes)
    return tree


def _grow(tree: Tree, nodes: Sequence[SpanNode]) -> None:
    for node in nodes:
        _grow(tree.add(f"{node.name}  [dim]{node.kind}, {node.milliseconds:.1f} ms[/dim]"), node.children)
