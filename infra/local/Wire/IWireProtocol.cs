namespace Isobar.Local.Wire;

/// <summary>
/// How one service looks on HTTP: turns bytes into typed requests, results and errors back into bytes.
/// </summary>
internal interface IWireProtocol
{
    /// <summary>The largest request body that the service takes, in bytes.</summary>
    long MaxRequestBytes { get; }

    /// <summary>Answers a request, or throws an <see cref="AwsException"/> before it has written anything.</summary>
    Task HandleAsync(HttpContext http, CallScope scope);

    /// <summary>Writes an error in the service's own shape.</summary>
    Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error);
}
