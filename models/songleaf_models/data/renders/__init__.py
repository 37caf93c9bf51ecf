"""Renders POP909 songs as pop recordings that differ from song to song and variant to variant: training data."""
