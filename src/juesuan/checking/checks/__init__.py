"""The checks (核对项目), one file a subject; `registry` finds them here."""
