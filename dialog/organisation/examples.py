"""Files to begin from: an invented organisation with everything that the columns can say."""

FILES = {
    "units.csv": (
        ("unit", "parent", "name"),
        ("R", "", "Regionen"),
        ("F01", "R", "Regionhälsan"),
        ("V011", "F01", "Barnmedicin"),
        ("E0111", "V011", "Barnmottagning norr"),
        ("F02", "R", "Koncernkontoret"),
    ),
    "people.csv": (
        ("name", "email", "unit", "level"),
        ("Anna Almgren", "anna.almgren@example.org", "E0111", "staff"),
        ("Berit Berg", "berit.berg@example.org", "E0111", "manager-1"),
        ("Berit Berg", "berit.berg@example.org", "F02", "staff"),
        ("Carin Ceder", "carin.ceder@example.org", "V011", "manager-2"),
        ("David Dal", "david.dal@example.org", "F01", "director"),
        ("Eva Ek", "eva.ek@example.org", "R", "elected"),
    ),
}
