using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sts;

/// <summary>Every error that STS can answer with.</summary>
internal static class StsErrors
{
    /// <remarks>Source: AWS STS API Reference, Common Errors.</remarks>
    public static AwsException MissingAuthenticationToken() =>
        new("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
}
