"""Commands (命令) that need more than a few lines: their options, and what they print."""
