"""The live room of meetings."""
