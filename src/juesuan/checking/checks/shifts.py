"""Shifts (错行): makes the check of shifted rows known to discovery; the runner calls it before it looks for causes."""

from juesuan.checking.shifts import find_shifts

__all__ = ["find_shifts"]
