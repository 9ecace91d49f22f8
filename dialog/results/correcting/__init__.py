"""A published result that was wrong: how a correction is proposed, decided and made."""
