"""Checking (核对): Report → findings. Expansion, evaluators, deduction, causes, shifts, coverage, and the checks."""
