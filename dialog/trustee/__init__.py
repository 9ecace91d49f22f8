"""`dialog trustee`: what a trustee does at a computer that never sees the servers."""
