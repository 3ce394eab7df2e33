using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams.Operations;

internal sealed record ListStreamsRequest(string? TableName, int? Limit, string? ExclusiveStartStreamArn);

internal sealed record StreamSummary(string StreamArn, string TableName, string StreamLabel);

/// <param name="LastEvaluatedStreamArn">Null when there are no further streams.</param>
internal sealed record ListStreamsResponse(IReadOnlyList<StreamSummary> Streams, string? LastEvaluatedStreamArn);

/// <summary>Lists the streams of a Region, or of one table, disabled ones too while they are kept.</summary>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, ListStreams.</remarks>
internal static class ListStreams
{
    public static ListStreamsResponse Handle(
        Monitor<DynamoDbState> monitor, ListStreamsRequest request, CallScope scope)
    {
        var table = request.TableName is { } name ? Parameters.Table(name, scope).Name : null;
        var limit = StreamParameters.Limit(request.Limit, DynamoDbLimits.ListStreamsPage);
        var after = request.ExclusiveStartStreamArn is { } start ? StreamParameters.Arn(start) : null;
        var found = monitor.Ask((state, now) => state.Streams.All(now)
            .Where(stream => table is null || stream.TableName == table)
            .Where(stream => string.CompareOrdinal(stream.Arn.ToString(), after) > 0)
            .Select(stream => new StreamSummary(stream.Arn.ToString(), stream.TableName, stream.Label))
            .Take(limit + 1).ToList());
        return found.Count > limit
            ? new ListStreamsResponse(found[..limit], found[limit - 1].StreamArn)
            : new ListStreamsResponse(found, null);
    }
}
