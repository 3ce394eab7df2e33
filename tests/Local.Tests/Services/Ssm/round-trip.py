"""A secret of Parameter Store, encrypted with a key that the caller made: written, read, moved, locked."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

options = {
    "endpoint_url": sys.argv[1], "region_name": "us-east-1", "aws_access_key_id": "test",
    "aws_secret_access_key": "test", "config": Config(retries={"max_attempts": 0}),
}
kms, ssm = boto3.client("kms", **options), boto3.client("ssm", **options)
NAME = "/app/secret"


def failed(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]
    return None


key, other = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
kms.create_alias(AliasName="alias/app", TargetKeyId=key)
ssm.put_parameter(Name=NAME, Value="hush", Type="SecureString", KeyId="alias/app")
value = ssm.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]["Value"]
locked = ssm.get_parameter(Name=NAME)["Parameter"]["Value"]
pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/app", Recursive=True)
described = ssm.get_paginator("describe_parameters").paginate(
    ParameterFilters=[{"Key": "Path", "Option": "Recursive", "Values": ["/app"]}])
blob = kms.encrypt(KeyId=key, Plaintext=b"hush", EncryptionContext={"job": "one"})["CiphertextBlob"]
moved = kms.re_encrypt(
    CiphertextBlob=blob, SourceEncryptionContext={"job": "one"}, DestinationKeyId=other)["CiphertextBlob"]
wrong = failed(kms.decrypt, CiphertextBlob=blob, EncryptionContext={"job": "two"})
kms.disable_key(KeyId=key)
disabled = failed(ssm.get_parameter, Name=NAME, WithDecryption=True)
pending = kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)["KeyState"]
kms.cancel_key_deletion(KeyId=key)

print(json.dumps({
    "value": value, "sealed": locked != "hush",
    "byPath": [each["Name"] for page in pages for each in page["Parameters"]],
    "described": [each["Name"] for page in described for each in page["Parameters"]],
    "moved": kms.decrypt(CiphertextBlob=moved)["Plaintext"] == b"hush",
    "disabled": [disabled["Code"], "is disabled." in disabled["Message"]],
    "context": wrong["Code"], "pending": pending,
    "cancelled": kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"],
    "aliases": [each["AliasName"] for each in kms.list_aliases()["Aliases"]],
}))
