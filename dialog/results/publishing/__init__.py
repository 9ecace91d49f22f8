"""From opened answers to a release: counted, protected, audited and written once."""
