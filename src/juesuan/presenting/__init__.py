"""Presenting (呈现): findings, data and explanations for a person or a program. Imports only the model.

Refuses to judge: nothing here decides what is right or wrong.
"""
