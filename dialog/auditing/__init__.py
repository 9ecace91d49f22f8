"""`dialog audit`: published files tried from outside, by code that protects nothing.

It reads what anybody can read and shares no code with the protection (an import contract sees to
it): an error in the one is not repeated in the other.
"""
