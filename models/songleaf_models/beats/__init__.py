"""An own network that hears beats and downbeats of a whole song at once."""
