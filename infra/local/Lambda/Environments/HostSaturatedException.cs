namespace Isobar.Local.Lambda.Environments;

/// <summary>Every environment is busy and as many invocations wait as the host is willing to hold.</summary>
/// <remarks>
/// This machine's limit, not one of AWS's: the Invoke API answers it with <c>ServiceException</c> (500), which SDKs retry,
/// and never with a 429, because throttling is counted apart. An event queue tries again later.
/// </remarks>
internal sealed class HostSaturatedException(int waiting)
    : Exception($"The host is saturated: {waiting} invocations are waiting for an execution environment.");
