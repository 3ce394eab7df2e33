using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge;

/// <summary>What a function may take and return at the viewer's or the origin's events.</summary>
/// <param name="MaxTimeout">A function's longest timeout.</param>
/// <param name="MaxMemoryMb">A function's largest memory size, in MB.</param>
/// <param name="MaxPackageBytes">Of a function's package, compressed.</param>
/// <param name="MaxGeneratedBytes">Of a response that a function makes, with its headers.</param>
/// <param name="MaxBodyBytes">Of a request's body that a function sees, or replaces as text.</param>
/// <param name="MaxBase64Characters">Of a request's body that a function replaces as base64.</param>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Quotas on Lambda@Edge" and "Restrictions on Lambda@Edge". AWS has raised
/// some of these over time.
/// </remarks>
internal sealed record EventLimits(
    TimeSpan MaxTimeout, int MaxMemoryMb, int MaxPackageBytes, int MaxGeneratedBytes, int MaxBodyBytes,
    int MaxBase64Characters)
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    /// <summary>Viewer events, the strictest that any edition says: what passes here passes everywhere.</summary>
    /// <remarks>The quota page of 2026 says 30 s, as much memory as Lambda has, and 50 MB of package.</remarks>
    public static readonly EventLimits StrictViewer = new(
        TimeSpan.FromSeconds(5), 128, Megabyte, 40 * Kilobyte, 40 * Kilobyte, (int)(53.2 * Kilobyte));

    /// <summary>Origin events.</summary>
    public static readonly EventLimits StrictOrigin = new(
        TimeSpan.FromSeconds(30), 10_240, 50 * Megabyte, Megabyte, Megabyte, (int)(1.33 * Megabyte));
}

/// <summary>The limits of both kinds of events.</summary>
/// <remarks>Source: as of <see cref="EventLimits"/>.</remarks>
internal sealed record FunctionLimits(EventLimits Viewer, EventLimits Origin)
{
    public static readonly FunctionLimits Strict = new(EventLimits.StrictViewer, EventLimits.StrictOrigin);

    /// <param name="eventType">One of <see cref="EventTypes"/>.</param>
    public EventLimits Of(string eventType) => EventTypes.IsViewer(eventType) ? Viewer : Origin;
}
