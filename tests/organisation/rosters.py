"""Files of an invented organisation for tests, and reading them."""

from dialog.organisation.reading import read
from dialog.organisation.roster import Roster

UNITS = "unit,parent,name\nR,,Regionen\nF01,R,Regionhälsan\nF02,R,SÄS\nV1,F01,Barn\n"
PEOPLE = """name,email,unit,level
Anna Almgren,anna@example.org,V1,staff
Berit Berg,berit@example.org,V1,manager-1
Berit Berg,berit@example.org,F02,staff
Carin Ceder,carin@example.org,F02,staff
David Dal,david@example.org,F02,staff
Eva Ek,eva@example.org,F01,director
Fia Fors,fia@example.org,R,elected
"""


def roster(units: str = UNITS, people: str = PEOPLE) -> Roster:
    made = read(units.encode(), people.encode())
    assert made.roster is not None, made.faults
    return made.roster


def region(*, people: int, units: int) -> tuple[bytes, bytes]:
    """A region of the wanted size as units.csv and people.csv: some 20 förvaltningar, 400
    verksamheter, and enheter; one in forty has two posts.
    """
    lines, codes = ["unit,parent,name", "R,,Regionen"], []
    for number in range(units - 1):
        if number < 20:
            code, parent = f"F{number:02}", "R"
        elif number < 420:
            code, parent = f"V{number:04}", f"F{number % 20:02}"
        else:
            code, parent = f"E{number:05}", f"V{20 + number % 400:04}"
        lines.append(f"{code},{parent},Enhet {number} Östra")
        codes.append(code)
    rows = ["name,email,unit,level"]
    for number in range(people):
        level = "manager-1" if number % 15 == 0 else "staff"
        who = f"Person Påhittad {number},person.{number}@example.org"
        rows.append(f"{who},{codes[-1 - number % (len(codes) - 20)]},{level}")
        if number % 40 == 0:
            rows.append(f"{who},{codes[number % 20]},staff")
    return "\n".join(lines).encode(), "\n".join(rows).encode()
