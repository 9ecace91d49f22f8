"""Letters to an authority: written for a union, signed, submitted, and answered."""
