using System.Text.Json.Nodes;

namespace Isobar.Local.Wire;

/// <summary>
/// An error response of an AWS service. Each service makes its own in its <c>Errors</c> class.
/// </summary>
/// <param name="code">AWS's code, without a namespace: <c>ResourceNotFoundException</c>.</param>
/// <param name="message">AWS's text.</param>
/// <param name="status">The HTTP status, 400 to 599.</param>
internal sealed class AwsException(string code, string message, int status = 400, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>
    /// The code that the service's older Query protocol uses, sent in <c>x-amzn-query-error</c> if set.
    /// </summary>
    public string? QueryCode { get; init; }

    /// <summary>Further members of a JSON error body, for example <c>CancellationReasons</c>.</summary>
    public JsonObject? Members { get; init; }

    /// <summary>Further elements of an XML error body, in order, for example <c>BucketName</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Elements { get; init; } = [];

    /// <summary>Response headers that come with the error.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What the service that made the error has to know about it later; it is never sent.</summary>
    public object? Note { get; init; }

    /// <summary>The error of every service for a failure that the caller did not cause.</summary>
    public static AwsException InternalFailure() => new(
        "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", 500);
}
