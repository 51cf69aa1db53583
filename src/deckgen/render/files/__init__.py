"""Turns files in memory into files on the disk: all of a set or none, and over nothing that people changed."""
