"""Reads documents with ruamel.yaml in its YAML 1.2 mode: a JSON array of texts comes in, one of answers goes out.

An answer is the tree, or why there is none. Scalars come with their type, their text and, for numbers, their value.
"""
import json
import struct
import sys
import warnings

from ruamel.yaml import YAML

warnings.simplefilter("ignore")
PREFIX = "tag:yaml.org,2002:"


def number(value):
    if value != value:
        return "nan"
    return struct.pack(">d", value).hex()


def tree(node, loader, path=()):
    if any(node is above for above in path):
        raise ValueError("a recursive alias")
    inner = path + (node,)
    if node.id == "sequence":
        return ["sequence", [tree(child, loader, inner) for child in node.value]]
    if node.id == "mapping":
        return ["mapping", [[tree(key, loader, inner), tree(value, loader, inner)] for key, value in node.value]]
    kind = str(node.tag).removeprefix(PREFIX)
    value = ""
    if kind == "int":
        value = str(loader.constructor.construct_yaml_int(node))
    elif kind == "float":
        value = number(loader.constructor.construct_yaml_float(node))
    elif kind == "bool":
        value = node.value.lower()
    return ["scalar", kind, node.value, value]


def answer(text):
    loader = YAML(typ="safe", pure=True)
    try:
        node = loader.compose(text)
        return {"tree": None if node is None else tree(node, loader)}
    except Exception as error:  # whatever it says, it is a refusal
        return {"refusal": " ".join(str(error).split()) or type(error).__name__}


with open(sys.argv[-1], encoding="utf-8") as documents:
    print(json.dumps([answer(text) for text in json.load(documents)]))
