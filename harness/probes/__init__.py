"""Asking an Ottu what it is like: its API, its SDK, and whether its markup is where it should be.

`doctor` asks one target and says what is wrong; `drift` asks two and says in what they differ.
"""
