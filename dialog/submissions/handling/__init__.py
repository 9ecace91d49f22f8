"""What the authority does with a letter: registered, assigned, prepared, answered, moved on."""
