"""boto3 against CloudFront's API: argument 1 is the endpoint, argument 2 the distribution's id."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    'cloudfront', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='test',
    aws_secret_access_key='test', config=Config(retries={'max_attempts': 1}))
distribution = sys.argv[2]


def batch(reference, *paths, quantity=None):
    return {'CallerReference': reference, 'Paths': {'Quantity': quantity or len(paths), 'Items': list(paths)}}


def create(reference, *paths, **more):
    return client.create_invalidation(DistributionId=distribution, InvalidationBatch=batch(reference, *paths, **more))


def refusal(call):
    try:
        call()
    except ClientError as error:
        return f"{error.response['Error']['Code']} {error.response['ResponseMetadata']['HTTPStatusCode']}"
    return 'none'


[listed] = client.list_distributions()['DistributionList']['Items']
got = client.get_distribution(Id=distribution)
config = got['Distribution']['DistributionConfig']
default = config['DefaultCacheBehavior']
created = create('first', '/a', '/b*')
again = create('first', '/a', '/b*')
create('second', '/c')
create('third', '/c')
refused = [
    refusal(lambda: client.get_distribution(Id='ENONE')),
    refusal(lambda: client.get_invalidation(DistributionId=distribution, Id='INONE')),
    refusal(lambda: create('fourth', 'no-slash')),
    refusal(lambda: create('fourth', '/a', quantity=2)),
    refusal(lambda: create('first', '/other')),
    refusal(lambda: client.list_cache_policies()),
]
client.get_waiter('invalidation_completed').wait(
    DistributionId=distribution, Id=created['Invalidation']['Id'], WaiterConfig={'Delay': 1, 'MaxAttempts': 20})
pages = client.get_paginator('list_invalidations').paginate(
    DistributionId=distribution, PaginationConfig={'PageSize': 2})
ids = [item['Id'] for page in pages for item in page['InvalidationList']['Items']]
completed = client.get_invalidation(DistributionId=distribution, Id=created['Invalidation']['Id'])['Invalidation']
references = [
    client.get_invalidation(DistributionId=distribution, Id=id)['Invalidation']['InvalidationBatch']['CallerReference']
    for id in reversed(ids)]
client.get_waiter('invalidation_completed').wait(
    DistributionId=distribution, Id=ids[0], WaiterConfig={'Delay': 1, 'MaxAttempts': 20})
print(json.dumps({
    'listed': [listed['ARN'], listed['Status'], listed['Comment'], listed['PriceClass'], listed['Enabled']],
    'origins': [[o['Id'], o['DomainName'], o['OriginPath']] for o in config['Origins']['Items']],
    'root': config['DefaultRootObject'],
    'sameETag': got['ETag'] == listed['ETag'],
    'default': [
        default['TargetOriginId'], default['ViewerProtocolPolicy'], default['AllowedMethods']['Items'],
        sorted(a['EventType'] for a in default['LambdaFunctionAssociations']['Items']), default['Compress']],
    'behaviors': [
        [b['PathPattern'], b['ViewerProtocolPolicy'], b['CachePolicyId'], b['ResponseHeadersPolicyId']]
        for b in config['CacheBehaviors']['Items']],
    'errors': [
        [e['ErrorCode'], e['ResponsePagePath'], e['ResponseCode'], e['ErrorCachingMinTTL']]
        for e in config['CustomErrorResponses']['Items']],
    'created': [
        created['ResponseMetadata']['HTTPStatusCode'],
        created['Location'].endswith(f"/{distribution}/invalidation/{created['Invalidation']['Id']}"),
        created['Invalidation']['InvalidationBatch']['Paths']['Items'],
        created['Invalidation']['InvalidationBatch']['CallerReference']],
    'again': again['Invalidation']['Id'] == created['Invalidation']['Id'],
    'completed': completed['Status'],
    'inProgress': client.get_distribution(Id=distribution)['Distribution']['InProgressInvalidationBatches'],
    'all': references,
    'refused': refused,
}, separators=(',', ':')))
