"""What the templates of results may call."""

from datetime import datetime

from dialog.results import comparing, contrast_wording, joined, queries, wording
from dialog.results.correcting import words as correction_words
from dialog.results.publishing import stopped
from dialog.results.reading import reasons, talking


def words() -> dict[str, object]:
    return {
        "said": wording.said,
        "whole": wording.whole,
        "decimal": wording.decimal,
        "share": wording.share,
        "level_of": wording.level,
        "place_of": wording.place,
        "finding_of": wording.scores_sentence,
        "difference_of": wording.difference_sentence,
        "gap_of": contrast_wording.gap_sentence,
        "change_of": contrast_wording.change_sentence,
        "hundredths": wording.hundredths,
        "as_time": datetime.fromisoformat,
        "depth_name": wording.depth_name,
        "signed": wording.signed,
        "talk_questions": talking.questions,
        "talk_guide": talking.guide,
        "reason_of": reasons.reason,
        "nearest_of": reasons.nearest,
        "groups_of": joined.groups_of,
        "span": wording.span,
        "effect": wording.effect,
        "interval_of": comparing.item_interval,
        "score_of": comparing.score_of,
        "answer_names": wording.answer_names,
        "corrected": correction_words.corrected,
        "correction_standing": correction_words.standing,
        "stopped_by": stopped.cause,
        "public_depth": queries.PUBLIC_DEPTH,
    }
