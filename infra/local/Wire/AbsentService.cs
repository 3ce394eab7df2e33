namespace Isobar.Local.Wire;

/// <summary>
/// Answers requests to a service that this host does not have, with an error in the protocol of the request.
/// </summary>
internal static class AbsentService
{
    private static readonly IWireProtocol Json = new AwsJsonProtocol(
        "", "1.1", "com.amazon.coral.service", 0, reason => new AwsException("ValidationException", reason));

    private static readonly IWireProtocol Query =
        new AwsQueryProtocol("http://webservices.amazon.com/AWSFault/2005-15-09");

    /// <param name="otherwise">For a request that does not show its protocol; null where there is none.</param>
    public static IWireProtocol ProtocolOf(HttpRequest request, IWireProtocol? otherwise) => request.ContentType switch
    {
        { } type when type.StartsWith("application/x-amz-json-", StringComparison.Ordinal) => Json,
        { } type when type.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) => Query,
        _ => otherwise ?? Query,
    };

    /// <param name="service">The service that the request is signed for; empty when it is not signed.</param>
    public static AwsException Error(string service) => new(
        "UnrecognizedClientException",
        service.Length > 0
            ? $"The service {service} is not available here."
            : "No service that answers requests without a signature is available here.");
}
