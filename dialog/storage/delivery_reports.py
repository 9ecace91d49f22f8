"""Reading the reports of mail servers that a message could not be delivered (RFC 3464)."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import cast


@dataclass(frozen=True)
class Failure:
    """An address (lower case) that mail did not reach, and the status of RFC 3463, "5.1.1"."""

    address: str
    status: str


def failures(raw: bytes) -> list[Failure] | None:
    """The addresses that failed for good, according to a message; None if it is no such report.
    Delays and successes are no failures.
    """
    message = message_from_bytes(raw, policy=policy.default)
    found: list[Failure] = []
    is_report = False
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            is_report = True
            for block in cast("list[Message]", part.get_payload()):
                failure = _failure(block)
                if failure is not None:
                    found.append(failure)
    return found if is_report else None


def _failure(block: Message) -> Failure | None:
    """One recipient's block; the first block is about the whole message and names no recipient."""
    if str(block.get("Action", "")).strip().lower() != "failed":
        return None
    # What we wrote to comes first: the final recipient may be where it was forwarded.
    recipient = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
    kind, _semicolon, address = str(recipient).partition(";")
    address = address.strip().strip("<>").lower()
    if kind.strip().lower() not in {"rfc822", "utf-8"} or "@" not in address:
        return None
    status = str(block.get("Status", "")).strip().split(" ")[0]
    return Failure(address, status if status.startswith("5.") else "5.0.0")
