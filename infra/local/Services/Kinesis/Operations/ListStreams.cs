using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record ListStreamsRequest(int? Limit, string? ExclusiveStartStreamName, string? NextToken);

/// <param name="StreamCreationTimestamp">Seconds since 1970.</param>
internal sealed record StreamSummary(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails,
    decimal StreamCreationTimestamp);

/// <param name="NextToken">Null on the last page.</param>
internal sealed record ListStreamsResponse(
    string[] StreamNames, bool HasMoreStreams, string? NextToken, StreamSummary[] StreamSummaries);

/// <summary>Lists the streams of a Region in pages, in the order of their names.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, ListStreams.</remarks>
internal static class ListStreams
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ExpiredNextTokenException.
    /// </exception>
    public static ListStreamsResponse Handle(Monitor<KinesisState> streams, ListStreamsRequest request)
    {
        new ModelConstraints()
            .Range("limit", request.Limit, 1, KinesisLimits.MaxPage)
            .StreamName("exclusiveStartStreamName", request.ExclusiveStartStreamName)
            .Length("nextToken", request.NextToken, 1, KinesisLimits.MaxTokenCharacters)
            .ThrowIfAny();
        var limit = request.Limit ?? KinesisLimits.DefaultStreamsPage;
        return streams.Ask((state, now) =>
        {
            var after = request.NextToken is { } token
                ? PageToken.Parse(token, now).After
                : request.ExclusiveStartStreamName;
            var found = state.Streams.Where(stream => string.CompareOrdinal(stream.Name, after) > 0)
                .Take(limit + 1).ToArray();
            var page = found.Length > limit ? found[..limit] : found;
            return new ListStreamsResponse(
                [.. page.Select(stream => stream.Name)], found.Length > limit,
                found.Length > limit ? new PageToken("", page[^1].Name, "", now).ToString() : null,
                [.. page.Select(Summary)]);
        });
    }

    private static StreamSummary Summary(KinesisStream stream) => new(
        stream.Name, stream.Arn.ToString(), DescribeStream.Active,
        new StreamModeDetails(StreamModes.Name(stream.Mode)), StreamParameters.Seconds(stream.Created));
}
