"""Written accounts in the wording and table habits of many places, correct, and with slips planted."""
