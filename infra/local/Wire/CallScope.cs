namespace Isobar.Local.Wire;

/// <summary>Who calls, and for where: read from the SigV4 credential scope before a service sees the request.</summary>
/// <param name="RequestId">The id that the response carries and that logs can be searched for.</param>
/// <param name="AccessKey">The caller's access key id; empty for an unsigned request.</param>
/// <param name="Region">The region that the caller signed for.</param>
/// <param name="AccountId">Twelve digits: the host has one account.</param>
internal sealed record CallScope(string RequestId, string AccessKey, string Region, string AccountId)
{
    public bool IsSigned => AccessKey.Length > 0;

    /// <summary>Scheme and authority as the caller wrote them: what the addresses in an answer begin with.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The X-Ray trace of the caller, which messages carry on; null where there is none.</summary>
    /// <remarks>Source: AWS X-Ray Developer Guide, "Tracing header"; the SDKs send it from within functions.</remarks>
    public string? TraceHeader { get; init; }

    /// <summary>Cancelled when the caller hangs up, so that a long poll can be withdrawn.</summary>
    public CancellationToken Aborted { get; init; }
}
