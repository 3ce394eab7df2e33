using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.EventBridge.Operations;

internal sealed record PutEventsRequest(List<PutEventsEntry?>? Entries);

/// <param name="Time">Seconds since 1970.</param>
internal sealed record PutEventsEntry(
    double? Time, string? Source, List<string?>? Resources, string? DetailType, string? Detail, string? EventBusName);

internal sealed record PutEventsResponse(int FailedEntryCount, List<PutEventsResult> Entries);

internal sealed record PutEventsResult(string? EventId = null, string? ErrorCode = null, string? ErrorMessage = null);

/// <summary>Puts up to ten events on their buses, each for itself.</summary>
/// <remarks>Source: Amazon EventBridge API Reference, PutEvents.</remarks>
internal static class PutEvents
{
    /// <exception cref="AwsException">ValidationException: no entries, too many, too large together.</exception>
    public static PutEventsResponse Handle(EventRouter router, PutEventsRequest request, CallScope scope)
    {
        if (request.Entries is not { } entries) throw EventBridgeErrors.IsNull("entries");
        if (entries.Count == 0)
            throw EventBridgeErrors.Constraint("'[]'", "entries", "Member must have length greater than or equal to 1");
        if (entries.Count > EventBridgeLimits.MaxEntries)
        {
            throw EventBridgeErrors.Constraint(
                "'[PutEventsRequestEntry]'", "entries", "Member must have length less than or equal to 10");
        }

        if (entries.Sum(SizeOf) > EventBridgeLimits.MaxEntriesBytes)
            throw EventBridgeErrors.Validation("Total size of the entries in the request is over the limit.");
        var results = entries.ConvertAll(entry => PutOne(router, entry, scope));
        return new PutEventsResponse(results.Count(result => result.ErrorCode is not null), results);
    }

    /// <summary>Makes an event of what a caller or a service says.</summary>
    /// <exception cref="AwsException">What an entry's error code and message are.</exception>
    public static EventEntry Check(
        string? source, string? detailType, string? detail, DateTimeOffset? time, IReadOnlyList<string> resources)
    {
        Require(source, "Source");
        Require(detailType, "DetailType");
        Require(detail, "Detail");
        var bytes = Detail.Bytes(detail!);
        return Detail.IsValid(bytes)
            ? new EventEntry(source!, detailType!, time, resources, bytes)
            : throw EventBridgeErrors.InvalidEntry("MalformedDetail", "Detail is malformed.");
    }

    private static PutEventsResult PutOne(EventRouter router, PutEventsEntry? entry, CallScope scope)
    {
        try
        {
            var checkedEntry = Check(
                entry?.Source, entry?.DetailType, entry?.Detail, TimeOf(entry),
                [.. (entry?.Resources ?? []).OfType<string>()]);
            if (checkedEntry.Source.StartsWith("aws.", StringComparison.Ordinal))
                throw EventBridgeErrors.InvalidEntry(
                    "NotAuthorizedForSourceException", "Not authorized for the source.");
            return new PutEventsResult(
                router.Put(Names.BusOf(entry!.EventBusName), checkedEntry, scope.AccountId, scope.Region));
        }
        catch (AwsException e)
        {
            return new PutEventsResult(ErrorCode: e.Code, ErrorMessage: e.Message);
        }
    }

    private static void Require(string? value, string name)
    {
        if (!string.IsNullOrEmpty(value)) return;
        throw EventBridgeErrors.InvalidEntry(
            "InvalidArgument", $"Parameter {name} is not valid. Reason: {name} is a required argument.");
    }

    private static DateTimeOffset? TimeOf(PutEventsEntry? entry) => entry?.Time switch
    {
        null => null,
        >= 0 and < 253_402_300_800 and var seconds => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds),
        _ => throw EventBridgeErrors.InvalidEntry("InvalidArgument", "Parameter Time is not valid."),
    };

    private static long SizeOf(PutEventsEntry? entry)
    {
        static long Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        return (entry?.Time is null ? 0 : EventBridgeLimits.TimeBytes) + Of(entry?.Source) + Of(entry?.DetailType)
            + Of(entry?.Detail) + (entry?.Resources ?? []).Sum(Of);
    }
}
