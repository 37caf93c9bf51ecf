"""Measures what the engine hears against what is true, on rendered and on real songs."""
