"""The live room: what everybody in a meeting sees at once, questions, and the stream of events."""
