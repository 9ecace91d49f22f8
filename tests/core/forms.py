"""A questionnaire with every kind of item that is tabulated, and random answers to it."""

from typing import Any

from hypothesis import strategies as st

from dialog.core.questionnaire import Questionnaire, load

AGREE = [{"name": f"a{i}", "text": {"sv": str(i)}, "value": i} for i in range(1, 6)]
YES_NO = [{"name": "ja", "text": {"sv": "ja"}}, {"name": "nej", "text": {"sv": "nej"}}]
THINGS = [{"name": name, "text": {"sv": name}} for name in ("stod", "utbildning", "annat")]


def form() -> Questionnaire:
    def text(name: str) -> dict[str, str]:
        return {"sv": name}

    ask = {"item": "tigit", "op": "is", "values": ["ja"]}
    rows = [{"name": name, "text": text(name)} for name in ("fel", "asikt", "hjalp")]
    questions: list[dict[str, Any]] = [
        {"name": "trygg", "kind": "matrix", "options": AGREE, "rows": rows, "unknown": True},
        {"name": "betyg", "kind": "scale"},
        {"name": "vad", "kind": "multiple", "options": THINGS},
        {"name": "antal", "kind": "number"},
        {"name": "dag", "kind": "date"},
        {"name": "tigit", "kind": "single", "options": YES_NO, "declined": True},
        {
            "name": "radsla",
            "kind": "single",
            "options": YES_NO,
            "sensitive": True,
            "show_if": {"parts": [ask]},
        },
        {"name": "tid", "kind": "single", "options": YES_NO, "show_if": {"parts": [ask]}},
        {"name": "fritt", "kind": "long"},
    ]
    section = {"name": "del1", "title": text("Del 1")}
    return load(
        {
            "title": text("Prov"),
            "sections": [{**section, "questions": [{**q, "text": text("f")} for q in questions]}],
            "scales": [
                {
                    "name": "trygghet",
                    "title": text("Trygghet"),
                    "items": ["fel", "asikt", "hjalp"],
                    "reversed": ["asikt"],
                }
            ],
        }
    )


def _one(names: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *names])


AGREEING = _one(["a1", "a3", "a5", "a5", "_unknown"])
ANSWERS = st.fixed_dictionaries(
    {
        "fel": AGREEING,
        "asikt": AGREEING,
        "hjalp": AGREEING,
        "betyg": st.sampled_from([None, 0, 7, 10]),
        "vad": st.sampled_from([None, [], ["stod"], ["stod", "annat"]]),
        "antal": st.sampled_from([None, 0, 2.5]),
        "dag": st.sampled_from([None, "2026-03-01"]),
        "tigit": _one(["ja", "nej", "_declined"]),
    }
)


def complete(drawn: dict[str, Any], follow_up: str = "ja") -> dict[str, Any]:
    """Answers as they are stored: what is missing is left out, follow-ups only on "ja"."""
    answers = {name: value for name, value in drawn.items() if value not in (None, [])}
    if answers.get("tigit") == "ja":
        answers |= {"radsla": follow_up, "tid": "nej"}
    return answers
