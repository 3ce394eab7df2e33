using System.Globalization;

namespace Isobar.Local.Lambda.Environments;

/// <summary>One deployed version of a function: everything an execution environment is built from.</summary>
/// <param name="Version"><c>$LATEST</c> or a number.</param>
/// <param name="Arn">The function's ARN without a qualifier.</param>
/// <param name="Handler">An assembly or executable name; a handler with <c>:</c> needs AWS's own bootstrap.</param>
/// <param name="Runtime">Lambda's identifier, such as <c>dotnet10</c>.</param>
/// <param name="CodeDirectory">
/// The unpacked code, absolute; named by its content, so it never changes under a process.
/// </param>
/// <param name="CodeSha256">Base64 of the code's SHA-256, as the Lambda API reports it.</param>
/// <param name="MemorySizeMb">128 to 10,240.</param>
/// <param name="Timeout">1 to 900 s.</param>
/// <param name="EnvironmentVariables">The customer's variables, already validated.</param>
internal sealed record FunctionConfiguration(
    string FunctionName,
    string Version,
    string Arn,
    string Handler,
    string Runtime,
    string CodeDirectory,
    string CodeSha256,
    int MemorySizeMb,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> EnvironmentVariables,
    string Region,
    string AccountId)
{
    /// <summary>
    /// What is at <c>/opt</c>: the function's layers, merged; absolute, named by its content. Null without layers.
    /// </summary>
    public string? LayersDirectory { get; init; }

    /// <summary>How an image starts; null for a zip file.</summary>
    public ImageStart? Image { get; init; }

    public LoggingFormat LogFormat { get; init; } = LoggingFormat.Text;

    /// <summary>Whether its environments are provisioned concurrency: started before there is an invocation.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary><c>AWS_LAMBDA_INITIALIZATION_TYPE</c>, and what telemetry says of an init phase.</summary>
    public string InitializationType => IsProvisioned ? "provisioned-concurrency" : "on-demand";

    /// <summary>The ARN of a runtime that AWS does not have.</summary>
    public string RuntimeVersionArn => $"arn:aws:lambda:{Region}::runtime:{Runtime}-local";

    /// <summary>Credentials of the execution role, given to the processes under AWS's names.</summary>
    public required RoleCredentials Credentials { get; init; }

    /// <summary><c>/aws/lambda/&lt;name&gt;</c> unless the logging configuration names another group.</summary>
    public string LogGroupName { get; init; } = $"/aws/lambda/{FunctionName}";

    /// <summary>
    /// The log stream of an environment: the day on which it began, the version and its id. In a group of another name,
    /// which functions may share, the function's name stands before the version.
    /// </summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Configuring CloudWatch log groups".</remarks>
    public string LogStreamName(string environmentId, DateTimeOffset began)
    {
        var day = began.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var name = LogGroupName == $"/aws/lambda/{FunctionName}" ? "" : FunctionName;
        return $"{day}/{name}[{Version}]{environmentId}";
    }
}

/// <summary>Lambda's <c>LogFormat</c>.</summary>
internal enum LoggingFormat
{
    Text,
    Json,
}

/// <summary>What the execution role's credentials look like to a process.</summary>
internal sealed record RoleCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken);
