"""Expands the template beside it with the real SAM transform and prints the result.

    pip install aws-sam-translator==1.110.0
    for name in events-and-policies event-invoke-configs apis layers versions aliases implicit-api deployment-preferences \
            conditional-preferences secrets streams; do python3 expand.py $name > $name.expected.json; done

`sam package` puts an S3 location in the place of each CodeUri and ContentUri before the transform sees it; so does this.
"""
import json
import pathlib
import sys

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

template = yaml_parse((pathlib.Path(__file__).parent / f"{sys.argv[1]}.template.yaml").read_text())
for resource in template["Resources"].values():
    if resource["Type"] == "AWS::Serverless::Function":
        resource["Properties"]["CodeUri"] = "s3://artifacts/" + resource["Properties"]["CodeUri"]
    if resource["Type"] == "AWS::Serverless::LayerVersion":
        resource["Properties"]["ContentUri"] = "s3://artifacts/" + resource["Properties"]["ContentUri"]

session = boto3.Session(region_name="us-east-1")
print(json.dumps(Translator({}, Parser(), boto_session=session).translate(template, {}), indent=2))
