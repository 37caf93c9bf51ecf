"""What chords usually do: statistics that the decoder of `main/engine/analysis/chords` weighs the evidence against."""
