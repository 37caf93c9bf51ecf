"""From published checkpoints to ONNX files with their features inside the graph."""
