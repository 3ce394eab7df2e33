using System.Text;
using Isobar.Local.Lambda.Telemetry;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>Short words for the tests of this folder.</summary>
internal static class Telemetries
{
    public static readonly DateTimeOffset Start = new(2026, 1, 12, 15, 39, 7, TimeSpan.Zero);

    public static DateTimeOffset After(double milliseconds) => Start.AddMilliseconds(milliseconds);

    public static Subscription Subscription(
        TelemetryTypes types = TelemetryTypes.Platform | TelemetryTypes.Function, int items = 1_000,
        int bytes = TelemetryLimits.MinBytes, double timeoutMs = 100, string schema = "2022-12-13",
        TelemetryApiKind api = TelemetryApiKind.Telemetry, int port = 4_243) => new(
        api, schema, types, HttpMethod.Post, new Uri($"http://sandbox.localdomain:{port}/"),
        new Buffering(items, bytes, TimeSpan.FromMilliseconds(timeoutMs)));

    public static TelemetryEvent Line(string text) =>
        PlatformEvents.Line(Start, TelemetryTypes.Function, "function", text);

    public static string[] Texts(this Batch batch) =>
        [.. batch.Events.Select(each => Encoding.UTF8.GetString(each.Span))];

    /// <summary>The attempt that a worker has been given, or the null that sends it home; it must be there.</summary>
    public static Attempt Given(this Task<Attempt?> taken)
    {
        Assert.True(taken.IsCompleted, "nothing was due");
        return taken.Result!;
    }
}
