"""Tests of the checking core, on reports built by hand or drawn at random."""
