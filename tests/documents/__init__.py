"""Texts that other tools make of an account."""
