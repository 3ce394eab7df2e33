using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Logs.Live;
using Isobar.Local.Services.Logs.Patterns;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record StartLiveTailRequest(
    IReadOnlyList<string>? LogGroupIdentifiers, IReadOnlyList<string>? LogStreamNames,
    IReadOnlyList<string>? LogStreamNamePrefixes, string? LogEventFilterPattern);

internal sealed record LiveTailSessionStart(
    string RequestId, string SessionId, IReadOnlyList<string> LogGroupIdentifiers,
    IReadOnlyList<string>? LogStreamNames, IReadOnlyList<string>? LogStreamNamePrefixes,
    string? LogEventFilterPattern);

internal sealed record LiveTailSessionUpdate(
    LiveTailSessionMetadata SessionMetadata, IReadOnlyList<LiveTailSessionLogEvent> SessionResults);

/// <param name="Sampled">Whether more events came than an update has.</param>
internal sealed record LiveTailSessionMetadata(bool Sampled);

/// <summary>Times are in milliseconds since 1970.</summary>
/// <param name="LogGroupIdentifier">Account and group: <c>000000000000:/aws/lambda/x</c>.</param>
internal sealed record LiveTailSessionLogEvent(
    string LogStreamName, string LogGroupIdentifier, string Message, long Timestamp, long IngestionTime);

internal sealed record LiveTailTimeout(string Message);

/// <summary>Sends the events of groups once a second, as long as the caller listens.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, StartLiveTail and the types of its stream.</remarks>
internal static class StartLiveTail
{
    /// <summary>Checks a request and begins its session.</summary>
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException, LimitExceededException.
    /// </exception>
    public static LiveSession Begin(Monitor<LogsState> logs, StartLiveTailRequest request, CallScope scope)
    {
        Check(request);
        var groups = request.LogGroupIdentifiers!.Select(identifier => LogsArn.GroupOf(null, identifier, scope))
            .ToHashSet(StringComparer.Ordinal);
        if (groups.Count > 1 && (request.LogStreamNames ?? request.LogStreamNamePrefixes) is not null)
            throw LogsErrors.InvalidParameter(
                "logStreamNames and logStreamNamePrefixes can be given for one log group only.");
        if (request is { LogStreamNames: not null, LogStreamNamePrefixes: not null })
            throw LogsErrors.InvalidParameter(
                "logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.");
        var session = new LiveSession(new LiveQuestion(
            groups, request.LogStreamNames, request.LogStreamNamePrefixes,
            FilterPattern.Parse(request.LogEventFilterPattern ?? "")));
        logs.Post((state, _) => state.Begin(session));
        return session;
    }

    /// <summary>Sends a session's events until the caller is gone, the host stops, or three hours are over.</summary>
    /// <param name="ended">Cancelled when the caller is gone or the host stops.</param>
    public static async Task SendAsync(
        LiveSession session, StartLiveTailRequest request, CallScope scope, string sessionId, TimeProvider realTime,
        Func<string, ReadOnlyMemory<byte>, Task> send, CancellationToken ended)
    {
        var json = LogsJson.Wire;
        await send("sessionStart", JsonSerializer.SerializeToUtf8Bytes(new LiveTailSessionStart(
            scope.RequestId, sessionId, request.LogGroupIdentifiers!, request.LogStreamNames,
            request.LogStreamNamePrefixes, request.LogEventFilterPattern), json.LiveTailSessionStart));
        using var timer = new PeriodicTimer(LogsLimits.LiveUpdatePeriod, realTime);
        var began = realTime.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (realTime.GetElapsedTime(began) >= LogsLimits.MaxLiveSession)
                {
                    await send(Timeout, JsonSerializer.SerializeToUtf8Bytes(
                        new LiveTailTimeout("The session has been open for three hours."), json.LiveTailTimeout));
                    return;
                }

                var (events, isSampled) = session.Take();
                await send("sessionUpdate", JsonSerializer.SerializeToUtf8Bytes(
                    new LiveTailSessionUpdate(new LiveTailSessionMetadata(isSampled), [.. events.Select(Shape)]),
                    json.LiveTailSessionUpdate));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The caller is gone, or the host stops: there is nothing more to say.
        }

        LiveTailSessionLogEvent Shape(LiveEvent each) => new(
            each.Stream, $"{scope.AccountId}:{each.Group}", each.Message, each.Timestamp, each.Ingested);
    }

    /// <summary>The exception of the stream that ends a session which is too old.</summary>
    public const string Timeout = "SessionTimeoutException";

    private static void Check(StartLiveTailRequest request)
    {
        var groups = request.LogGroupIdentifiers;
        var check = new ModelCheck()
            .Required(groups, "logGroupIdentifiers")
            .Count(groups?.Count, "[]", "logGroupIdentifiers", 1, LogsLimits.MaxLiveGroups)
            .Count(request.LogStreamNames?.Count, "[]", "logStreamNames", 1, LogsLimits.MaxStreamNames)
            .Count(request.LogStreamNamePrefixes?.Count, "[]", "logStreamNamePrefixes", 1, LogsLimits.MaxStreamNames)
            .Length(request.LogEventFilterPattern, "logEventFilterPattern", 0, LogsLimits.MaxPatternCharacters);
        foreach (var identifier in groups ?? []) check.Identifier(identifier, "logGroupIdentifiers");
        foreach (var name in request.LogStreamNames ?? []) check.StreamName(name, "logStreamNames");
        foreach (var name in request.LogStreamNamePrefixes ?? []) check.StreamName(name, "logStreamNamePrefixes");
        check.ThrowIfAny();
    }
}
