"""The evaluation set: 24 songs of POP909 as pop recordings, by instruments and code that no training uses."""
