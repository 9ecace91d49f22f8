"""Simulated respondents: real HTTP, real cryptography, invented answers.

The load generator, the maker of the demo and the tester's tool.
"""
