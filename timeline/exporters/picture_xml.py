"""XML, as little as a picture needs. What a person wrote passes `clean` before it comes here."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text for an element or an attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def number(value: float) -> str:
    """A length, to a tenth of a pixel, as short as it can be written."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, *inside: str, **attributes: str | float) -> str:
    """An element. `inside` is XML already; an attribute `data_id` is written `data-id`, `class_` is
    `class`; one that is empty is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        + (escape(value) if isinstance(value, str) else number(value))
        + '"'
        for key, value in attributes.items()
        if value != ""
    )
    held = "".join(inside)
    return f"<{name}{written}>{held}</{name}>" if held else f"<{name}{written}/>"
