"""Compiled numerics: elementary functions, random numbers and schemes."""
