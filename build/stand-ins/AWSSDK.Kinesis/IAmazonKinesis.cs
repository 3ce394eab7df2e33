using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>The operation of Kinesis that this project uses. Source: Amazon Kinesis API Reference.</summary>
public partial interface IAmazonKinesis : IAmazonService, IDisposable
{
    Task<PutRecordsResponse> PutRecordsAsync(
        PutRecordsRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonKinesisConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(
        AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonKinesisClient((AmazonKinesisConfig)clientConfig)
            : new AmazonKinesisClient(awsCredentials, (AmazonKinesisConfig)clientConfig);
}
