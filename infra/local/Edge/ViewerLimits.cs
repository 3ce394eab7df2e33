namespace Isobar.Local.Edge;

/// <summary>What a function may take at viewer events. AWS has raised some of these over time.</summary>
/// <param name="MaxTimeout">5 s; the quota page of 2026 says 30 s for all events.</param>
/// <param name="MaxMemoryMb">128; the quota page of 2026 says as much as Lambda has.</param>
/// <param name="MaxGeneratedBytes">Of a generated response with its headers: 40 KB.</param>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Quotas on Lambda@Edge".</remarks>
internal sealed record ViewerLimits(TimeSpan MaxTimeout, int MaxMemoryMb, int MaxGeneratedBytes)
{
    /// <summary>The strictest that any edition says: what passes here passes everywhere.</summary>
    public static readonly ViewerLimits Strict = new(TimeSpan.FromSeconds(5), 128, 40 * 1024);
}
