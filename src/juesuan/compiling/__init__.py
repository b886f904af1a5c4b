"""Compiling (编制): the year's data → figures of a report and the words of an account.

Approved tables, the preparer's workbook, exports of the internal final-account workbook, ledgers. Refuses to make
anything up: what the data do not say stays unsaid.
"""
