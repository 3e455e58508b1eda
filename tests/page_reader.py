"""The page read back by html5lib, in its strict manner: any error in the HTML raises."""

from __future__ import annotations

from typing import Any

import html5lib


def parsed(source: str) -> Any:
    """The document; raises where the HTML has any error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)


def words(element: Any) -> str:
    return "".join(element.itertext())


def of_class(tree: Any, name: str) -> list[Any]:
    return [e for e in tree.iter() if name in e.get("class", "").split()]


def by_id(tree: Any, name: str) -> Any:
    [found] = [e for e in tree.iter() if e.get("id") == name]
    return found
