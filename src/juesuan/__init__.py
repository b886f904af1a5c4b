"""Juesuan (决算): compiles, checks and publishes the annual final accounts of Chinese government departments."""

__version__ = "0.1.0"
