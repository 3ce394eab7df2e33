using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Isobar.Functions.Tests.Readings;

/// <summary>A client whose calls are answered by the test.</summary>
/// <param name="refuses">Whether the stream does not take a record, by its partition key and the number of the call.
/// </param>
internal sealed class RecordingKinesis(Func<string, int, bool> refuses) : AmazonKinesisClient(
    new AnonymousAWSCredentials(), new AmazonKinesisConfig { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
{
    /// <summary>The keys of each call.</summary>
    public List<IReadOnlyList<string>> Calls { get; } = [];

    public List<PutRecordsRequest> Requests { get; } = [];

    /// <summary>What a call fails with as a whole, by its number from 1; null where it does not.</summary>
    public Func<int, Exception?> Fails { get; init; } = _ => null;

    public override Task<PutRecordsResponse> PutRecordsAsync(
        PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        Calls.Add([.. request.Records.Select(record => record.PartitionKey)]);
        if (Fails(Calls.Count) is { } failure) throw failure;
        var records = request.Records.Select(record => refuses(record.PartitionKey, Calls.Count)
            ? new PutRecordsResultEntry { ErrorCode = "ProvisionedThroughputExceededException" }
            : new PutRecordsResultEntry { SequenceNumber = "1", ShardId = "shardId-000000000000" }).ToList();
        return Task.FromResult(new PutRecordsResponse
        {
            FailedRecordCount = records.Count(record => record.ErrorCode is not null),
            Records = records,
        });
    }
}
