"""Builds and trains the networks that Songleaf loads."""
