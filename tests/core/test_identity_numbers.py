import pytest

from dialog.core.identity_numbers import has_identity_number


@pytest.mark.parametrize(
    "text",
    [
        "19900101-1239",
        "9001011239",
        "Bo 900101-1239, chef",
        "19900101 1239",
        "900101+1239",
        "1990-01-01 – 1239",
        "199001611236",  # a coordination number: 1 January and 60
    ],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert has_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19900101-1238",  # wrong check digit
        "9013011233",  # no such month
        "0701234567 90",
        "12345678901234567890",
        "19000101",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not has_identity_number(text)
