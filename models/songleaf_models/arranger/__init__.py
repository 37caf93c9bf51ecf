"""The arranger's network: from what was heard on the beat grid to piano notes."""
