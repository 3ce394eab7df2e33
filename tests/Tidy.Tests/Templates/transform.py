"""Runs the real SAM transform over the templates named, and prints what it refuses, a line each.

`sam package` puts an S3 location in the place of each CodeUri and ContentUri before the transform sees it, and the address
of an image that it has pushed; so does this.
"""
import os
import pathlib
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

import boto3

for path in sys.argv[1:]:
    template = yaml_parse(pathlib.Path(path).read_text())
    for resource in template["Resources"].values():
        # As sam build and sam deploy do with an image that the metadata describe.
        if "Dockerfile" in resource.get("Metadata", {}):
            resource["Properties"]["ImageUri"] = "000000000000.dkr.ecr.us-east-1.amazonaws.com/images:1"
        for uri in ("CodeUri", "ContentUri"):
            if isinstance(resource.get("Properties", {}).get(uri), str):
                resource["Properties"][uri] = "s3://artifacts/" + resource["Properties"][uri]
    try:
        session = boto3.Session(region_name="us-east-1")
        expanded = Translator({}, Parser(), boto_session=session).translate(template, {})
        print(f"{path}: {len(expanded['Resources'])} resources", file=sys.stderr)
    except InvalidDocumentException as refused:
        for cause in refused.causes:
            print(f"{path}: {cause.message}")
