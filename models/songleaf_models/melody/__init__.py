"""The melody network: which pitch, if any, leads at each moment."""
