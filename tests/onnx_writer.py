# SPDX-License-Identifier: GPL-3.0-or-later
# Networks as small as can be, for the tests in cli/: ONNX is protocol buffers, written here by hand.
import struct

def number(value):
    out = b""
    while True:
        out += bytes([value & 127 | (128 if value > 127 else 0)])
        value >>= 7
        if not value:
            return out

def integer(field, value): return number(field << 3) + number(value)

def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return number(field << 3 | 2) + number(len(data)) + data

def tensor(name, kind, sizes, data):
    return b"".join(integer(1, n) for n in sizes) + integer(2, kind) + block(8, name) + block(9, data)

def port(name, sizes):
    shape = b"".join(block(1, integer(1, n)) for n in sizes)
    return block(1, name) + block(2, block(1, integer(1, 1) + block(2, shape)))

def node(kind, inputs, output, *attributes):
    return b"".join(block(1, i) for i in inputs) + block(2, output) + block(3, output) + block(4, kind) + b"".join(attributes)

def ints(name, values): return block(5, block(1, name) + b"".join(integer(8, v) for v in values) + integer(20, 7))
def one(name, value): return block(5, block(1, name) + integer(3, value) + integer(20, 2))

def save(path, nodes, tensors, sizes, side=32):
    graph = b"".join(block(1, n) for n in nodes) + block(2, "tiny") + b"".join(block(5, t) for t in tensors)
    graph += block(11, port("picture", [1, 3, side, side])) + block(12, port("answer", sizes))
    open(path, "wb").write(integer(1, 7) + block(7, graph) + block(8, integer(2, 11)))

# One convolution over the whole picture whose weights are zero and whose bias is the answer, in a shape.
def constant(path, values, *sizes):
    n = len(values)
    save(path, [node("Conv", ["picture", "weights", "bias"], "bare", ints("kernel_shape", [32, 32])), node("Reshape", ["bare", "shape"], "answer")],
         [tensor("weights", 1, [n, 3, 32, 32], bytes(n * 12288)), tensor("bias", 1, [n], struct.pack("<%df" % n, *values)),
          tensor("shape", 7, [len(sizes)], struct.pack("<%dq" % len(sizes), *sizes))], sizes)


# Laid out as YOLOX is: a row for each cell of three grids. It sees nothing: every objectness is 0.
def blind(path, side, classes):
    strides, values = [8, 16, 32], 5 + classes
    nodes, tensors = [], [tensor("w", 1, [values, 3, 1, 1], bytes(values * 12)), tensor("b", 1, [values], bytes(values * 4))]
    for s in strides:
        cells = (side // s) ** 2
        nodes += [node("Conv", ["picture", "w", "b"], "c%d" % s, ints("kernel_shape", [1, 1]), ints("strides", [s, s])),
                  node("Reshape", ["c%d" % s, "s%d" % s], "r%d" % s)]
        tensors.append(tensor("s%d" % s, 7, [3], struct.pack("<3q", 1, values, cells)))
    nodes += [node("Concat", ["r%d" % s for s in strides], "all", one("axis", 2)), node("Transpose", ["all"], "answer", ints("perm", [0, 2, 1]))]
    save(path, nodes, tensors, [1, sum((side // s) ** 2 for s in strides), values], side)
