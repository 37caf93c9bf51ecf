"""Real recordings whose beats are known: fetched, mixed and laid out like the renders."""
