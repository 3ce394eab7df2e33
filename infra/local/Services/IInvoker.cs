namespace Isobar.Local.Services;

/// <summary>What a function answered to a synchronous invocation.</summary>
/// <param name="Payload">The function's JSON, or the error document when it failed; may be empty.</param>
/// <param name="FunctionError">Null for success, otherwise <c>Unhandled</c>.</param>
/// <param name="ExecutedVersion"><c>$LATEST</c> or a version number.</param>
internal sealed record InvocationAnswer(ReadOnlyMemory<byte> Payload, string? FunctionError, string ExecutedVersion);

/// <summary>
/// Invokes a function by ARN and waits for its response. To invoke it asynchronously, use its <see cref="ITarget"/>.
/// </summary>
internal interface IInvoker : IServiceRole
{
    /// <summary>Runs the function and waits for its answer.</summary>
    /// <param name="function">Qualified or not.</param>
    /// <param name="payload">JSON, at most 6 MiB; it must not change until this completes.</param>
    /// <param name="traceId">The <c>X-Amzn-Trace-Id</c> header, or null to begin a trace.</param>
    /// <param name="cancellationToken">Stops the wait, not the function.</param>
    /// <exception cref="Wire.AwsException">
    /// What Lambda's Invoke API answers: ResourceNotFoundException, TooManyRequestsException,
    /// RequestTooLargeException, InvalidRequestContentException, ServiceException.
    /// </exception>
    ValueTask<InvocationAnswer> InvokeAsync(
        Arn function, ReadOnlyMemory<byte> payload, string? traceId, CancellationToken cancellationToken);
}
