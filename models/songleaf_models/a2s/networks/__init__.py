"""The networks of the published model; sizes come from `shape.py`."""
