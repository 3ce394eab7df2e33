"""boto3 against Secrets Manager: argument 1 is the endpoint."""
import base64
import json
import sys

import boto3
from botocore.exceptions import ClientError

options = {
    'endpoint_url': sys.argv[1], 'region_name': 'us-east-1', 'aws_access_key_id': 'test',
    'aws_secret_access_key': 'test'}
secrets = boto3.client('secretsmanager', **options)
keys = boto3.client('kms', **options)


def refusal(call):
    try:
        call()
    except ClientError as error:
        return error.response['Error']['Code']
    return 'none'


key = keys.create_key()['KeyMetadata']['KeyId']
keys.create_alias(AliasName='alias/mine', TargetKeyId=key)
secrets.create_secret(
    Name='mine', Description='a secret', SecretString='one', KmsKeyId='alias/mine',
    Tags=[{'Key': 'team', 'Value': 'weather'}])
first = secrets.get_secret_value(SecretId='mine')
secrets.create_secret(Name='bytes', SecretBinary=bytes([0, 1, 2]))
binary = secrets.get_secret_value(SecretId='bytes')['SecretBinary']
secrets.put_secret_value(SecretId='mine', SecretString='two')
now = secrets.get_secret_value(SecretId='mine')
before = secrets.get_secret_value(SecretId='mine', VersionStage='AWSPREVIOUS')
described = secrets.describe_secret(SecretId='mine')
listed = secrets.list_secrets(Filters=[{'Key': 'tag-key', 'Values': ['team']}])['SecretList']
deleted = secrets.delete_secret(SecretId='mine', RecoveryWindowInDays=7)
refused = [
    refusal(lambda: secrets.get_secret_value(SecretId='mine')),
    refusal(lambda: secrets.get_secret_value(SecretId='none')),
    refusal(lambda: secrets.create_secret(Name='bytes')),
]
secrets.restore_secret(SecretId='mine')
print(json.dumps({
    'first': first['SecretString'],
    'binary': base64.b64encode(binary).decode(),
    'now': now['SecretString'],
    'before': before['SecretString'],
    'stages': [described['VersionIdsToStages'][version['VersionId']] for version in (now, first)],
    'listed': [secret['Name'] for secret in listed],
    'described': [described['Name'], described['Description'], described['KmsKeyId']],
    'deleted': deleted['DeletionDate'] > described['CreatedDate'],
    'refused': refused,
    'restored': secrets.get_secret_value(SecretId='mine')['SecretString'],
}, separators=(',', ':')))
