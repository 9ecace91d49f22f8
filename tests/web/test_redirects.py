import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.web.redirects import own_path


@pytest.mark.parametrize("target", ["/", "/konto", "/personer?sok=å&sida=2", "/a#b"])
def test_own_paths_are_followed(target: str) -> None:
    assert own_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None, "", "konto", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil",
        "https://evil.example", "https:evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x",
        "/" + "x" * 600,
    ],
)  # fmt: skip
def test_everything_else_leads_home(target: str | None) -> None:
    assert own_path(target) == "/"


@given(st.text(alphabet="/\\:@?#.\t\n ehtpsx", max_size=12))
def test_no_text_leads_to_another_site(target: str) -> None:
    found = own_path(target)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert not any(sign in found for sign in "\t\r\n\\")
