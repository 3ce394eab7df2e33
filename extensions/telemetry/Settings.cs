using System.Security.Cryptography;

namespace Isobar.Telemetry;

/// <summary>A setting is missing or invalid; Lambda reports the error type.</summary>
internal sealed class SettingsException(string errorType, string message) : Exception(message)
{
    public string ErrorType { get; } = errorType;
}

/// <summary>The extension's settings, from environment variables.</summary>
/// <param name="RuntimeApi">Host and port of the Lambda APIs.</param>
/// <param name="Bucket">The bucket that batches are shipped to.</param>
/// <param name="LeastLevel">Lines below it are not shipped; null ships all.</param>
/// <param name="Endpoint">The address of another object store; null for the Region's own.</param>
/// <param name="EnvironmentId">
/// 32 random hexadecimal digits. Each process has its own, so (environment, sequence) never names two lines, also after
/// Lambda resets the environment.
/// </param>
internal sealed record Settings(
    string RuntimeApi, string Bucket, Level? LeastLevel, string Region, Uri? Endpoint, string AccessKeyId,
    string SecretAccessKey, string? SessionToken, string EnvironmentId)
{
    /// <exception cref="SettingsException">A variable is missing or invalid.</exception>
    public static Settings Read(Func<string, string?> variable)
    {
        var endpoint = variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL");
        return new Settings(
            Required("AWS_LAMBDA_RUNTIME_API"),
            Required("TELEMETRY_BUCKET"),
            ReadLevel(variable("TELEMETRY_LEVEL")),
            Required("AWS_REGION"),
            string.IsNullOrEmpty(endpoint) ? null : new Uri(endpoint),
            Required("AWS_ACCESS_KEY_ID"),
            Required("AWS_SECRET_ACCESS_KEY"),
            variable("AWS_SESSION_TOKEN"),
            RandomNumberGenerator.GetHexString(32, lowercase: true));

        string Required(string name) => variable(name) is { Length: > 0 } value
            ? value
            : throw new SettingsException("Telemetry.MissingSetting", $"{name} is not set");
    }

    private static Level? ReadLevel(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return Levels.Parse(text) ?? throw new SettingsException(
            "Telemetry.InvalidLevel", "TELEMETRY_LEVEL should be TRACE, DEBUG, INFO, WARN, ERROR or FATAL");
    }
}
