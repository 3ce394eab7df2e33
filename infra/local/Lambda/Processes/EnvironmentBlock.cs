using System.Globalization;

namespace Isobar.Local.Lambda.Processes;

/// <summary>What a process of an execution environment learns about its function.</summary>
/// <param name="RuntimeApi">Host and port of the environment's Runtime API.</param>
/// <param name="EndpointUrl">The host's AWS endpoint, <c>http://127.0.0.1:…</c>.</param>
/// <param name="TaskRoot">Where the code is; <c>/var/task</c> on AWS.</param>
/// <param name="TemporaryDirectory">The environment's own <c>/tmp</c>.</param>
internal sealed record EnvironmentFacts(
    string FunctionName,
    string Version,
    string Handler,
    string Runtime,
    int MemorySizeMb,
    string Region,
    string AccessKeyId,
    string SecretAccessKey,
    string SessionToken,
    string LogGroupName,
    string LogStreamName,
    string RuntimeApi,
    string? EndpointUrl,
    string TaskRoot,
    string TemporaryDirectory);

/// <summary>The environment blocks of the runtime and of external extensions, built from nothing.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Working with Lambda environment variables", and a dotnet10 function's own block as
/// recorded on AWS in January 2026. Paths under <c>/var</c> are rewritten to where this machine has them.
/// </remarks>
internal static class EnvironmentBlock
{
    /// <summary>
    /// Lays the groups over each other, the later ones winning: defaults that a function may override, the customer's
    /// variables, credentials, the runtime's own, the platform's. Customer keys that begin with <c>_</c> do not pass.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ForRuntime(
        EnvironmentFacts facts, IReadOnlyDictionary<string, string> customer)
    {
        var block = new Dictionary<string, string>(StringComparer.Ordinal);
        Lay(block, Overridable(facts));
        Lay(block, customer.Where(variable => !variable.Key.StartsWith('_')));
        Lay(block, Reserved(facts));
        return block;
    }

    /// <summary>
    /// An external extension sees the customer's variables, the credentials and what the platform tells everybody;
    /// nothing that begins with <c>_</c>, nothing about the handler, the log or X-Ray.
    /// </summary>
    /// <remarks>Source: Lambda developer guide, "Extensions API", and the emulator's <c>AgentExecEnv</c>.</remarks>
    public static IReadOnlyDictionary<string, string> ForExtension(
        EnvironmentFacts facts, IReadOnlyDictionary<string, string> customer)
    {
        var block = new Dictionary<string, string>(StringComparer.Ordinal);
        Lay(block, Overridable(facts).Where(variable => variable.Key != "DOTNET_GCHeapHardLimit"));
        Lay(block, customer.Where(variable => !variable.Key.StartsWith('_')));
        Lay(block, Reserved(facts).Where(variable => !RuntimeOnly.Contains(variable.Key)));
        foreach (var name in XRay) block.Remove(name);
        return block;
    }

    private static readonly HashSet<string> RuntimeOnly = new(StringComparer.Ordinal)
    {
        "_HANDLER", "AWS_EXECUTION_ENV", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
        "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_NAME", "DOTNET_ROOT",
    };

    private static readonly string[] XRay = ["AWS_XRAY_CONTEXT_MISSING", "AWS_XRAY_DAEMON_ADDRESS"];

    private static Dictionary<string, string> Overridable(EnvironmentFacts facts)
    {
        var block = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["PATH"] = DotnetHost.Root + ":/usr/local/bin:/usr/bin/:/bin:/opt/bin",
            ["LD_LIBRARY_PATH"] = $"/lib64:/usr/lib64:{facts.TaskRoot}:{facts.TaskRoot}/lib:/opt/lib",
            ["TMPDIR"] = facts.TemporaryDirectory,
            ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR",

            // A killed process would leave its diagnostics pipes behind.
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_GCHeapHardLimit"] = ((long)facts.MemorySizeMb << 20).ToString("X", CultureInfo.InvariantCulture),
        };
        if (facts.EndpointUrl is { } endpoint) block["AWS_ENDPOINT_URL"] = endpoint;
        return block;
    }

    private static Dictionary<string, string> Reserved(EnvironmentFacts facts) => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = facts.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = facts.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = facts.SessionToken,
        ["_HANDLER"] = facts.Handler,
        ["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + facts.Runtime,
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = facts.LogGroupName,
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = facts.LogStreamName,
        ["LAMBDA_TASK_ROOT"] = facts.TaskRoot,
        ["LAMBDA_RUNTIME_NAME"] = facts.Runtime,
        ["DOTNET_ROOT"] = DotnetHost.Root,
        ["AWS_REGION"] = facts.Region,
        ["AWS_DEFAULT_REGION"] = facts.Region,
        ["AWS_LAMBDA_FUNCTION_NAME"] = facts.FunctionName,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = facts.Version,
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = facts.MemorySizeMb.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_RUNTIME_API"] = facts.RuntimeApi,
    };

    private static void Lay(Dictionary<string, string> block, IEnumerable<KeyValuePair<string, string>> group)
    {
        foreach (var (name, value) in group) block[name] = value;
    }
}
