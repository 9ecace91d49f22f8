"""The speakers' list of a meeting: who asks for the floor, who has it, and for how long."""
