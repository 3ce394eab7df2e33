namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>The tumbling window of a lane that is open, and what its invocations have returned. A part of the state.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Using tumbling windows".</remarks>
internal sealed class TumblingWindow(DateTimeOffset start, TimeSpan length)
{
    private static readonly ReadOnlyMemory<byte> Empty = "{}"u8.ToArray();

    public DateTimeOffset Start => start;

    public DateTimeOffset End => start + length;

    /// <summary>JSON.</summary>
    public ReadOnlyMemory<byte> State { get; private set; } = Empty;

    /// <summary>Whether its state has become too large, so that it ends early.</summary>
    public bool IsTooLarge => State.Length > MappingLimits.MaxWindowStateBytes;

    /// <summary>When a window ends that no later record ends.</summary>
    public DateTimeOffset IdleEnd => End + MappingLimits.WindowGrace;

    /// <summary>The window that an instant is in; windows begin at multiples of their length.</summary>
    public static TumblingWindow At(DateTimeOffset arrived, TimeSpan length) =>
        new(arrived - TimeSpan.FromTicks(arrived.UtcTicks % length.Ticks), length);

    public bool Has(DateTimeOffset arrived) => arrived < End;

    public void Keep(ReadOnlyMemory<byte> state) => State = state;

    /// <param name="isFinal">Whether the invocation is the window's last.</param>
    public WindowView View(bool isFinal) => new(start, End, State, isFinal, isFinal && IsTooLarge);
}
