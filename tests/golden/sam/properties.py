"""Prints the names of the properties that the SAM transform itself reads, shape by shape.

    pip install aws-sam-translator==1.110.0 pydantic
    python3 properties.py > properties.json

What the transform hands on to CloudFormation untouched has no shape here: cfn-lint sees it after the transform.
"""
import json
import sys
import warnings

warnings.simplefilter("ignore")
import samtranslator
from samtranslator.internal.schema_source.schema import SamModel, get_schema
from samtranslator.model.eventsources import pull, push, scheduler
from samtranslator.plugins.globals.globals import Globals

ROOTS = {
    "AWS::Serverless::Function": "aws_serverless_function__Properties",
    "AWS::Serverless::Api": "aws_serverless_api__Properties",
    "AWS::Serverless::LayerVersion": "aws_serverless_layerversion__Properties",
    "Globals": "schema__Globals",
}
definitions = get_schema(SamModel)["definitions"]


def find(ending):
    found = [name for name in definitions if name == ending or name.endswith("__" + ending) or name.endswith(ending)]
    if len(found) != 1:
        sys.exit(f"{ending}: {found}")
    return found[0]


def short(name):
    return name.replace("samtranslator__internal__schema_source__", "").replace("aws_serverless_", "")


def targets(schema):
    """The closed shapes that a value, each item of a list or each entry of a map may have."""
    kind, inner = "is", schema
    if schema.get("type") == "array":
        kind, inner = "list", schema.get("items", {})
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        kind, inner = "map", schema["additionalProperties"]
    found = {}
    for option in inner.get("anyOf", inner.get("allOf", [inner])):
        if "$ref" in option:
            name = option["$ref"].rsplit("/", 1)[1]
            if definitions[name].get("additionalProperties") is False and short(name) not in ("Ref", "common__Ref"):
                found.setdefault(kind, []).append(name)
        elif option is not schema and option.get("type") in ("array", "object"):
            for deeper, names in targets(option).items():
                found.setdefault(deeper, []).extend(names)
    return found


shapes, waiting = {}, [find(root) for root in ROOTS.values()]
while waiting:
    name = waiting.pop()
    if name in shapes:
        continue
    shapes[name] = {}
    for key, schema in definitions[name].get("properties", {}).items():
        found = targets(schema)
        # An event is told from its neighbours by its Type.
        literal = schema.get("enum") if key == "Type" else None
        shapes[name][key] = {"values": literal} if literal else {
            kind: sorted(short(target) for target in names) for kind, names in found.items()}
        waiting.extend(target for names in found.values() for target in names)

# The transform's own classes take a few properties of events that its schema does not name.
for module in (pull, push, scheduler):
    for event in vars(module).values():
        kind = getattr(event, "resource_type", None)
        for name, shape in shapes.items():
            if kind and "Properties" in shape and shape.get("Type", {}).get("values") == [kind]:
                for target in (t for t in definitions if short(t) in shape["Properties"]["is"]):
                    for key in getattr(event, "property_types", {}):
                        shapes[target].setdefault(key, {})

# The same of Globals, where the class of each section says what it takes.
for kind, keys in Globals.supported_properties.items():
    section = definitions[find(ROOTS["Globals"])]["properties"].get(kind.rsplit("::", 1)[1])
    for names in targets(section or {}).values():
        for key in keys:
            for name in names:
                shapes[name].setdefault(key, {})

roots = {kind: short(find(root)) for kind, root in ROOTS.items()}
print("{")
print(f' "source": "aws-sam-translator {samtranslator.__version__}",')
print(f' "roots": {json.dumps(roots)},')
print(' "shapes": {')
print(",\n".join(
    f"  {json.dumps(short(name))}: {json.dumps(shapes[name], sort_keys=True)}" for name in sorted(shapes, key=short)))
print(" }\n}")
