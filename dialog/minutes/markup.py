"""What is written in Markdown, for a page and for paper: no HTML, no pictures, no headings."""

from collections.abc import Iterable
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

# Headings would break the order of the page's; a picture would tell another server who reads.
_READER: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["heading", "lheading", "image", "html_block", "html_inline"]
)
_MARKS: Final = {"strong": "strong", "em": "em"}


def page(text: str) -> Markup:
    """HTML to stand in a page; whatever was typed as HTML is shown as it was typed."""
    return Markup(_READER.render(text))  # noqa: S704 - made without the writer's HTML


def blocks(text: str) -> list[dict[str, Any]]:
    """The same as data for typst: blocks with `kind` ("paragraph", "list", "quote", "code"), and in
    a paragraph `spans` with `text` and marks. Words are data there, never markup.
    """
    return _blocks(SyntaxTreeNode(_READER.parse(text)).children)


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node in nodes:
        if node.type == "paragraph":
            found.append({"kind": "paragraph", "spans": _spans(node.children)})
        elif node.type in {"bullet_list", "ordered_list"}:
            items = [_blocks(item.children) for item in node.children]
            numbered = node.type == "ordered_list"
            start = int(node.attrs.get("start", 1)) if numbered else 1
            found.append({"kind": "list", "numbered": numbered, "start": start, "items": items})
        elif node.type == "blockquote":
            found.append({"kind": "quote", "blocks": _blocks(node.children)})
        elif node.type in {"fence", "code_block"}:
            found.append({"kind": "code", "text": node.content.rstrip("\n")})
    return found


def _spans(nodes: Iterable[SyntaxTreeNode], marks: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node in nodes:
        if node.type in {"text", "code_inline"}:
            found.append({"text": node.content, "marks": list(marks)})
        elif node.type in {"softbreak", "hardbreak"}:
            found.append({"text": "\n", "marks": []})
        else:
            more = (_MARKS[node.type],) if node.type in _MARKS else ()
            found += _spans(node.children, marks + more)
            if node.type == "link" and (address := str(node.attrs.get("href", ""))):
                shown = "".join(span["text"] for span in _spans(node.children))
                if shown != address:  # on paper an address has to be read
                    found.append({"text": f" ({address})", "marks": list(marks)})
    return found
