using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record PutRecordsRequestEntry(byte[]? Data, string? ExplicitHashKey, string? PartitionKey);

internal sealed record PutRecordsRequest(string? StreamName, string? StreamARN, PutRecordsRequestEntry?[]? Records);

/// <summary>Number and shard of a record, or why it was not put.</summary>
internal sealed record PutRecordsResultEntry(
    string? SequenceNumber, string? ShardId, string? ErrorCode, string? ErrorMessage);

internal sealed record PutRecordsResponse(int FailedRecordCount, PutRecordsResultEntry[] Records);

/// <summary>Puts up to 500 records. Those that their shards have no room for are told of one by one.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, PutRecords.</remarks>
internal static class PutRecords
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static PutRecordsResponse Handle(
        Monitor<KinesisState> streams, PutRecordsRequest request, CallScope scope, ServiceContext context)
    {
        Check(request);
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        var drafts = request.Records!
            .Select(record => RecordDrafts.Of(record!.Data!, record.PartitionKey!, record.ExplicitHashKey)).ToArray();
        if (drafts.Sum(draft => (long)draft.Bytes) > KinesisLimits.MaxPutBytes)
            throw KinesisErrors.InvalidArgument(
                $"Records size exceeds {KinesisLimits.MaxPutBytes / (1024 * 1024)} MB limit");
        var put = Intake.Put(streams, name, drafts, new Call("PutRecords", scope, context));
        return new PutRecordsResponse(
            put.Results.Count(result => result.SequenceNumber is null),
            [.. put.Results.Select(result => Entry(result, put.Stream))]);
    }

    private static PutRecordsResultEntry Entry(PutResult result, StreamPlace place) =>
        result.SequenceNumber is { } number
            ? new PutRecordsResultEntry(number.ToString(), result.Shard.Id, null, null)
            : new PutRecordsResultEntry(
                null, null, "ProvisionedThroughputExceededException", KinesisErrors.RateText(result.Shard.Id, place));

    private static void Check(PutRecordsRequest request)
    {
        var constraints = new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("records", request.Records)
            .Range("records", request.Records?.Length, 1, KinesisLimits.MaxPutRecords);
        if (request.Records?.Length <= KinesisLimits.MaxPutRecords)
        {
            for (var i = 0; i < request.Records.Length; i++)
            {
                var record = request.Records[i];
                RecordDrafts.Check(
                    constraints, $"records.{i + 1}.member.", record?.Data, record?.PartitionKey,
                    record?.ExplicitHashKey);
            }
        }

        constraints.ThrowIfAny();
    }
}
