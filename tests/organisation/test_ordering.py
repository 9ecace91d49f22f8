from dialog.organisation.ordering import by_name


def test_names_stand_in_swedish_and_counted_order() -> None:
    names = ["Östra", "Ängen", "Ås", "Avdelning 10", "avdelning 2", "Zon"]
    assert sorted(names, key=by_name) == [
        "avdelning 2",
        "Avdelning 10",
        "Zon",
        "Ås",
        "Ängen",
        "Östra",
    ]  # fmt: skip - one line is enough
