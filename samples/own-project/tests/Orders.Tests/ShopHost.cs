using Amazon.DynamoDBv2;
using Amazon.SQS;
using Isobar.Local.Testing;

namespace Orders.Tests;

/// <summary>The stack of template.yaml on a local host, once for all tests of a class.</summary>
public sealed class ShopHost() : LocalHostFixture("template.yaml"), IAsyncLifetime
{
    public AmazonSQSClient Sqs() => new(
        AccessKey, SecretKey, new AmazonSQSConfig { ServiceURL = ServiceUrl, AuthenticationRegion = Region });

    public AmazonDynamoDBClient DynamoDb() => new(
        AccessKey, SecretKey, new AmazonDynamoDBConfig { ServiceURL = ServiceUrl, AuthenticationRegion = Region });
}
