using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Lambda's rules for a function's environment variables.</summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Working with Lambda environment variables".</remarks>
internal static partial class EnvironmentVariables
{
    private static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.Ordinal)
    {
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
        "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN", "AWS_LAMBDA_MAX_CONCURRENCY", "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR", "_AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_PORT", "_LAMBDA_TELEMETRY_LOG_FD",
    };

    /// <exception cref="AwsException">
    /// InvalidParameterValueException: a reserved key or over 4 KB together; ValidationException: a key's form.
    /// </exception>
    public static void Validate(IReadOnlyDictionary<string, string> variables)
    {
        const string unable = "Lambda was unable to configure your environment variables because the environment "
            + "variables you have provided ";
        var reserved = variables.Keys.Where(Reserved.Contains).Order(StringComparer.Ordinal).ToArray();
        if (reserved.Length > 0)
            throw LambdaErrors.InvalidParameter(unable + "contains reserved keys that are currently not supported for "
                + $"modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        if (variables.Keys.FirstOrDefault(name => !Key().IsMatch(name)) is { } wrong)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                wrong, "environment.variables", "satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+"));
        var measured = new JsonObject(variables.Select(
            variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))).ToJsonString(Plain);
        if (Encoding.UTF8.GetByteCount(measured) > LambdaLimits.MaxEnvironmentBytes)
            throw LambdaErrors.InvalidParameter(unable + $"exceeded the 4KB limit. String measured: {measured}");
    }

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
