using Isobar.Local.Lineage;

namespace Isobar.Local.Tests.Lineage;

/// <summary>Makes what the tables have.</summary>
internal static class LineageItems
{
    private static readonly DateTimeOffset Landed = new(2026, 11, 30, 11, 0, 0, TimeSpan.Zero);

    /// <summary>A job of two chunks, whose version has the sequencer 06.</summary>
    public static JobItem Job(
        int done = 0, int failed = 0, string? refusal = null, DateTimeOffset? landedAt = null) => new(
        "job", "landing", "a.csv", "v", "06", landedAt ?? Landed, Total: 2, done, failed, 1, 1, 0, 0, 0, refusal);

    public static StackNames Stack() => new(
        "isobar", new Uri("http://127.0.0.1:4580"), new Dictionary<string, string>
        {
            ["ApiUrl"] = "https://abc.execute-api.us-east-1.amazonaws.com/v1",
            ["RemediateFunctionName"] = "isobar-Remediate",
        },
        []);
}
