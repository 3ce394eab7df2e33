namespace Isobar.Local.Wire;

/// <summary>
/// The HTTP protocol of one service: reads requests, runs operations, writes results and errors.
/// </summary>
internal interface IWireProtocol
{
    /// <summary>The largest request body that the service takes, in bytes.</summary>
    long MaxRequestBytes { get; }

    /// <summary>Answers a request, or throws an <see cref="AwsException"/> before it has written anything.</summary>
    Task HandleAsync(HttpContext http, CallScope scope);

    /// <summary>Writes an error as the service does.</summary>
    Task WriteErrorAsync(HttpContext http, CallScope scope, AwsException error);
}
