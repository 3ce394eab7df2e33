using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;

namespace Isobar.Local.Lineage;

/// <summary>The services that hold what there is to explain, wherever the environment leads the AWS SDK.</summary>
internal sealed class AwsClients : IDisposable
{
    /// <exception cref="Amazon.Runtime.AmazonClientException">There are no credentials, or no Region.</exception>
    public AwsClients(TimeProvider clock)
    {
        CloudFormation = new SignedApi("cloudformation", "CloudFormation", clock);
        Logs = new SignedApi("logs", "CloudWatch Logs", clock);
        S3 = new AmazonS3Client();
        DynamoDb = new AmazonDynamoDBClient();
        Sqs = new AmazonSQSClient();
    }

    public SignedApi CloudFormation { get; }

    public SignedApi Logs { get; }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public AmazonSQSClient Sqs { get; }

    public void Dispose()
    {
        CloudFormation.Dispose();
        Logs.Dispose();
        S3.Dispose();
        DynamoDb.Dispose();
        Sqs.Dispose();
    }
}
