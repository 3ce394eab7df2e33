namespace Isobar.Telemetry.Otlp;

/// <summary>Instants as OTLP has them.</summary>
internal static class UnixTime
{
    private const long NanosecondsOfTick = 100;

    /// <summary>Nanoseconds since 1970; zero, which means unknown, for an earlier instant.</summary>
    public static ulong Nanoseconds(DateTimeOffset at) =>
        (ulong)Math.Max(0, at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsOfTick;
}
