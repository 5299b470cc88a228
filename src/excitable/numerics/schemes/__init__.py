"""Schemes: a model's equations in, step formulas out. One file, one scheme."""
