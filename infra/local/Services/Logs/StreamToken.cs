using Isobar.Local.Services.Logs.Events;

namespace Isobar.Local.Services.Logs;

/// <summary>A page of a stream: what comes after an event, or before it. Written <c>f/…/s</c> and <c>b/…/s</c>.
/// </summary>
internal sealed record StreamToken(bool IsForward, EventPosition At)
{
    private const string Forward = "f/";
    private const string Backward = "b/";
    private const string End = "/s";

    public override string ToString() => $"{(IsForward ? Forward : Backward)}{At}{End}";

    /// <exception cref="Wire.AwsException">InvalidParameterException.</exception>
    public static StreamToken Parse(string token)
    {
        var isForward = token.StartsWith(Forward, StringComparison.Ordinal);
        var isToken = token.Length == Forward.Length + EventPosition.Digits + End.Length
            && (isForward || token.StartsWith(Backward, StringComparison.Ordinal))
            && token.EndsWith(End, StringComparison.Ordinal);
        return isToken && EventPosition.Parse(token.AsSpan()[Forward.Length..^End.Length]) is { } position
            ? new StreamToken(isForward, position)
            : throw LogsErrors.InvalidToken();
    }
}
