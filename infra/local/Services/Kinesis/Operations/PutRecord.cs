using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <param name="SequenceNumberForOrdering">Says nothing more: the numbers of a shard always increase.</param>
internal sealed record PutRecordRequest(
    string? StreamName, string? StreamARN, byte[]? Data, string? PartitionKey, string? ExplicitHashKey,
    string? SequenceNumberForOrdering);

internal sealed record PutRecordResponse(string ShardId, string SequenceNumber);

/// <summary>Puts one record into the shard that has the hash of its partition key.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, PutRecord.</remarks>
internal static class PutRecord
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException;
    /// ProvisionedThroughputExceededException.</exception>
    public static PutRecordResponse Handle(
        Monitor<KinesisState> streams, PutRecordRequest request, CallScope scope, ServiceContext context)
    {
        var constraints = new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Number("sequenceNumberForOrdering", request.SequenceNumberForOrdering);
        RecordDrafts.Check(constraints, "", request.Data, request.PartitionKey, request.ExplicitHashKey);
        constraints.ThrowIfAny();
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        var draft = RecordDrafts.Of(request.Data!, request.PartitionKey!, request.ExplicitHashKey);
        var put = Intake.Put(streams, name, [draft], new Call("PutRecord", scope, context));
        return put.Results[0] is { SequenceNumber: { } number, Shard: var shard }
            ? new PutRecordResponse(shard.Id, number.ToString())
            : throw KinesisErrors.RateExceeded(put.Results[0].Shard.Id, put.Stream);
    }
}

/// <summary>Checks the records of a request, and reads them.</summary>
internal static class RecordDrafts
{
    public static void Check(
        ModelConstraints constraints, string path, byte[]? data, string? partitionKey, string? explicitHashKey) =>
        constraints
            .Required($"{path}data", data)
            .Length($"{path}data", data, 0, KinesisLimits.MaxPutBytes)
            .Required($"{path}partitionKey", partitionKey)
            .Length($"{path}partitionKey", partitionKey, 1, KinesisLimits.MaxPartitionKeyCharacters)
            .HashKey($"{path}explicitHashKey", explicitHashKey);

    /// <exception cref="AwsException">InvalidArgumentException.</exception>
    public static RecordDraft Of(byte[] data, string partitionKey, string? explicitHashKey)
    {
        var bytes = data.Length + Encoding.UTF8.GetByteCount(partitionKey);
        if (data.Length > KinesisLimits.MaxRecordBytes)
            throw KinesisErrors.InvalidArgument(
                $"The record of {data.Length} bytes is larger than the {KinesisLimits.MaxRecordBytes} that this stream "
                + "takes.");
        if (explicitHashKey is null) return new RecordDraft(partitionKey, data, HashKeys.Of(partitionKey), bytes);
        return HashKeys.Parse(explicitHashKey) is { } hash
            ? new RecordDraft(partitionKey, data, hash, bytes)
            : throw KinesisErrors.InvalidArgument(
                "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was "
                + explicitHashKey);
    }
}
