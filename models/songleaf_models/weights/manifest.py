"""`models/weights/manifest.json`, as `main/engine/weights.ts` reads it."""

import hashlib
import json
import re

import onnx

from songleaf_models.weights.networks import Network

Shape = list[int | str]


def read_shapes(values: "list[onnx.ValueInfoProto]") -> dict[str, Shape]:
    """Name of each input or output -> its axes, a number or the name of an axis that may differ."""
    shapes: dict[str, Shape] = {}
    for value in values:
        axes = value.type.tensor_type.shape.dim
        shapes[value.name] = [axis.dim_value if axis.HasField("dim_value") else axis.dim_param for axis in axes]
    return shapes


def describe(network: Network, data: bytes) -> dict[str, object]:
    """The manifest's entry of one network."""
    graph = onnx.load_from_string(data).graph
    inputs, outputs = read_shapes(list(graph.input)), read_shapes(list(graph.output))
    if network.name == "basic-pitch":
        # Its own names for the axis ("unk__221") say nothing.
        for shape in (*inputs.values(), *outputs.values()):
            shape[0] = "batch"
    return {
        "name": network.name,
        "file": network.file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "source": network.source,
        "licence": network.licence,
        "licenceFiles": [f"licences/{name}" for name in network.licence_files],
        "credit": network.credit,
        "inputs": inputs,
        "outputs": outputs,
    }


def write_json(entries: list[dict[str, object]]) -> str:
    """The manifest's text; lists of plain values stay on one line."""
    manifest = {"format": "songleaf-weights", "version": 1, "weights": entries}
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    return re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r",\s+", ", ", m[1]) + "]", text) + "\n"
