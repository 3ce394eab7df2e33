namespace Isobar.Local.Lambda.Environments;

/// <summary>The host takes no invocation just now.</summary>
/// <remarks>
/// This machine's limit, not one of AWS's: the Invoke API answers it with <c>ServiceException</c> (500), which SDKs
/// retry, and never with a 429, because throttling is counted apart. An event queue tries again later.
/// </remarks>
internal abstract class HostUnavailableException(string message) : Exception(message);

/// <summary>Every environment is busy and as many invocations wait as the host is willing to hold.</summary>
internal sealed class HostSaturatedException(int waiting) : HostUnavailableException(
    $"The host is saturated: {waiting} invocations are waiting for an execution environment.");

/// <summary>The host is draining.</summary>
internal sealed class HostStoppingException() : HostUnavailableException("The host is stopping.");
