"""PyTorch modules to ONNX files whose bytes depend on nothing but the module."""

import io
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

OPSET = 17
IR_VERSION = 8
"""The version that belongs to opset 17: every onnxruntime since 1.12 reads it."""


def export_onnx(
    module: nn.Module,
    inputs: dict[str, Tensor],
    outputs: list[str],
    dynamic: dict[str, dict[int, str]],
) -> onnx.ModelProto:
    """Traces `module` on example inputs; `dynamic` names the axes of inputs and outputs that may differ."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            buffer,  # type: ignore[arg-type]  # the tracing exporter also takes a stream
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=dynamic,
            do_constant_folding=False,
        )
    model = onnx.load_from_string(buffer.getvalue())
    _forget_origin(model)
    onnx.checker.check_model(model, full_check=True)
    return model


def _forget_origin(model: onnx.ModelProto) -> None:
    """Removes what tells of the machine and the tools, so that equal networks have equal bytes."""
    model.ir_version = IR_VERSION
    model.producer_name = "songleaf"
    model.producer_version = ""
    model.doc_string = ""
    del model.metadata_props[:]
    model.graph.name = "main"
    model.graph.doc_string = ""
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""


def store_halves(model: onnx.ModelProto, at_least: int = 1024) -> onnx.ModelProto:
    """Copy whose float32 tensors of `at_least` elements are stored as float16 and cast back in the graph.

    All arithmetic stays float32; onnxruntime casts once, when it loads.
    """
    halved = lift_constants(model, at_least)
    casts = []
    for index, tensor in enumerate(halved.graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < at_least:
            continue
        name = tensor.name
        values = numpy_helper.to_array(tensor)
        stored = numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
        halved.graph.initializer[index].CopyFrom(stored)
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *halved.graph.node]
    del halved.graph.node[:]
    halved.graph.node.extend(nodes)
    return halved


def lift_constants(model: onnx.ModelProto, at_least: int) -> onnx.ModelProto:
    """Copy whose constants of `at_least` elements are initializers: exporters leave the weights of GRUs as nodes."""
    lifted = onnx.ModelProto()
    lifted.CopyFrom(model)
    nodes = []
    for node in lifted.graph.node:
        value = node.attribute[0].t if node.op_type == "Constant" and node.attribute[0].name == "value" else None
        if value is None or np.prod(value.dims) < at_least:
            nodes.append(node)
            continue
        value.name = node.output[0]
        lifted.graph.initializer.append(value)
    del lifted.graph.node[:]
    lifted.graph.node.extend(nodes)
    return lifted


def number_names(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy whose inner values are numbered and whose nodes have no names.

    Names that scripted modules leave tell of what else the process exported before.
    """
    numbered = onnx.ModelProto()
    numbered.CopyFrom(model)
    graph = numbered.graph
    names = {value.name: value.name for value in (*graph.input, *graph.output)}
    names |= {tensor.name: f"w{index}" for index, tensor in enumerate(graph.initializer)}
    _number(graph, names)
    return numbered


def _number(graph: onnx.GraphProto, names: dict[str, str]) -> None:
    """Renames in place; `names` are the new ones of values that are known so far, those of outer graphs among them."""

    def rename(name: str) -> str:
        return names.setdefault(name, f"v{len(names)}") if name else name

    for value in (*graph.initializer, *graph.input):
        value.name = rename(value.name)
    for node in graph.node:
        node.name = ""
        for part in (node.input, node.output):
            part[:] = [rename(name) for name in part]
        for attribute in node.attribute:
            if attribute.HasField("g"):
                _number(attribute.g, names)
    for value in graph.output:
        value.name = rename(value.name)
    if graph.name != "main":
        graph.name = "inner"
        del graph.value_info[:]
        for value in (*graph.input, *graph.output):
            # Axes that differ have names too.
            for axis in value.type.tensor_type.shape.dim:
                axis.ClearField("dim_param")


def to_bytes(model: onnx.ModelProto) -> bytes:
    """Serialised model, map fields in sorted order."""
    return model.SerializeToString(deterministic=True)
