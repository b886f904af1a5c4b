"""Relating (关联): accounts of one department over years, and of many side by side. Refuses to judge a single account."""
