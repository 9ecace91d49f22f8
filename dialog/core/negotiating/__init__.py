"""The rules of negotiations under medbestämmandelagen: what is due when, and what is blocked."""
