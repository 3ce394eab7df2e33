using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Isobar.Local.Services.ApiGateway;

namespace Isobar.Local.Tour;

/// <summary>The stack as any client of AWS sees it: SDK clients, and names from its outputs.</summary>
internal sealed class StackClients : IDisposable
{
    public StackClients(LocalHost host)
    {
        var credentials = new BasicAWSCredentials("tour", "tour");
        var (address, region) = (host.Address.GetLeftPart(UriPartial.Authority), host.Options.Region);
        S3 = new AmazonS3Client(credentials, new AmazonS3Config
        {
            ServiceURL = address, AuthenticationRegion = region, UseHttp = true,
        });
        DynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig
        {
            ServiceURL = address, AuthenticationRegion = region,
        });
        Sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig
        {
            ServiceURL = address, AuthenticationRegion = region,
        });
        Lambda = new AmazonLambdaClient(credentials, new AmazonLambdaConfig
        {
            ServiceURL = address, AuthenticationRegion = region,
        });
        var outputs = host.Stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        LandingBucket = outputs["LandingBucketName"];
        DataBucket = outputs["DataBucketName"];
        SiteBucket = outputs["SiteBucketName"];
        JobsTable = outputs["JobsTableName"];
        StationsTable = outputs["StationsTableName"];
        ChunksQueueUrl = outputs["ChunksQueueUrl"];
        SummariesQueueUrl = outputs["SummariesQueueUrl"];
        FinalizeFailuresQueueUrl = outputs["FinalizeFailuresQueueUrl"];
        AuditQueueUrl = outputs["AuditQueueUrl"];
        RemediateFunction = outputs["RemediateFunctionName"];
        Stage = StageAddress.On(host.Address, outputs["ApiUrl"]);
    }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonLambdaClient Lambda { get; }

    public string LandingBucket { get; }

    public string DataBucket { get; }

    public string SiteBucket { get; }

    public string JobsTable { get; }

    public string StationsTable { get; }

    public string ChunksQueueUrl { get; }

    public string SummariesQueueUrl { get; }

    public string FinalizeFailuresQueueUrl { get; }

    public string AuditQueueUrl { get; }

    public string RemediateFunction { get; }

    /// <summary>The API's stage on this host; ends in a slash.</summary>
    public Uri Stage { get; }

    /// <summary>The name of a queue, as facts have it.</summary>
    public static string NameOf(string queueUrl) => queueUrl[(queueUrl.LastIndexOf('/') + 1)..];

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
        Sqs.Dispose();
        Lambda.Dispose();
    }
}
