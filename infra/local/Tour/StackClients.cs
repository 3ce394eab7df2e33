using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Isobar.Local.Tour;

/// <summary>The stack as any client of AWS sees it: SDK clients, and names from its outputs.</summary>
internal sealed class StackClients : IDisposable
{
    public StackClients(LocalHost host)
    {
        var credentials = new BasicAWSCredentials("tour", "tour");
        var address = host.Address.GetLeftPart(UriPartial.Authority);
        S3 = new AmazonS3Client(credentials, new AmazonS3Config
        {
            ServiceURL = address,
            AuthenticationRegion = host.Options.Region,
            UseHttp = true,
        });
        DynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig
        {
            ServiceURL = address,
            AuthenticationRegion = host.Options.Region,
        });
        var outputs = host.Stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        LandingBucket = outputs["LandingBucketName"];
        DataBucket = outputs["DataBucketName"];
        JobsTable = outputs["JobsTableName"];
    }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public string LandingBucket { get; }

    public string DataBucket { get; }

    public string JobsTable { get; }

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
    }
}
