using Isobar.Local.Services.Kinesis.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis;

/// <summary>The actions on streams that requests stand for.</summary>
/// <remarks>Source: Service Authorization Reference, Amazon Kinesis Data Streams; CreateStream's API Reference for its
/// tags.</remarks>
internal static class KinesisActions
{
    public static IEnumerable<ResourceAction> On(string action, string? name, string? arn, CallScope scope) =>
        !string.IsNullOrEmpty(arn) ? [scope.On(action, arn)]
        : !string.IsNullOrEmpty(name) ? [scope.On(action, $"stream/{name}")]
        : [];

    public static IEnumerable<ResourceAction> Of(CreateStreamRequest request, CallScope scope) => request.Tags is null
        ? On("CreateStream", request.StreamName, null, scope)
        :
        [
            .. On("CreateStream", request.StreamName, null, scope),
            .. On("AddTagsToStream", request.StreamName, null, scope),
        ];

    public static IEnumerable<ResourceAction> Of(GetRecordsRequest request, CallScope scope) => On(
        "GetRecords", request.ShardIterator is { } text ? ShardIterator.TryParse(text)?.StreamName : null,
        request.StreamARN, scope);

    public static IEnumerable<ResourceAction> Of(ListShardsRequest request, CallScope scope) => On(
        "ListShards",
        request.StreamName ?? (request.NextToken is { } token ? PageToken.TryParse(token)?.Stream : null),
        request.StreamARN, scope);
}
