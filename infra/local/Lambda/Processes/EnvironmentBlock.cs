using System.Globalization;

namespace Isobar.Local.Lambda.Processes;

/// <summary>What a process of an execution environment learns about its function.</summary>
/// <param name="RuntimeApi">Host and port of the environment's Runtime API.</param>
/// <param name="EndpointUrl">The host's AWS endpoint, <c>http://127.0.0.1:…</c>.</param>
/// <param name="Paths">Where the processes see code, layers and the .NET installation.</param>
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
    EnclosurePaths Paths)
{
    /// <summary><c>on-demand</c> or <c>provisioned-concurrency</c>.</summary>
    public string InitializationType { get; init; } = "on-demand";

    /// <summary>False for an image with another entry point than AWS's own script.</summary>
    public bool IsStartedByAws { get; init; } = true;

    /// <summary>Whether AWS's own bootstrap starts the function; else <c>bootstrap</c> is the function's own.</summary>
    public bool IsManagedRuntime => !Runtime.StartsWith("provided", StringComparison.Ordinal);
}

/// <summary>The environment blocks of the runtime and of external extensions, built from nothing.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Working with Lambda environment variables", and a dotnet10 function's own block as
/// recorded on AWS in January 2026. Without namespaces AWS's paths are rewritten to where this machine has things.
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
        Lay(block, Customer(facts, customer));
        // A path of the customer's own must not hide the runtime client.
        if (LanguageRuntimes.IsPython(facts.Runtime) && customer.ContainsKey("PYTHONPATH"))
            block["PYTHONPATH"] += ":" + facts.Paths.Packages;
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
        Lay(block, Customer(facts, customer));
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

    private static IEnumerable<KeyValuePair<string, string>> Customer(
        EnvironmentFacts facts, IReadOnlyDictionary<string, string> customer) => customer
        .Where(variable => !variable.Key.StartsWith('_'))
        .Select(variable => KeyValuePair.Create(variable.Key, facts.Paths.Rewrite(variable.Value)));

    private static Dictionary<string, string> Overridable(EnvironmentFacts facts)
    {
        var paths = facts.Paths;
        var block = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["PATH"] = $"{paths.DotnetRoot}:/usr/local/bin:/usr/bin/:/bin:{paths.Layers}/bin",
            ["LD_LIBRARY_PATH"] =
                $"/lib64:/usr/lib64:{paths.TaskRoot}:{paths.TaskRoot}/lib:{paths.Layers}/lib",
            ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR",

            // A killed process would leave its diagnostics pipes behind.
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_GCHeapHardLimit"] = ((long)facts.MemorySizeMb << 20).ToString("X", CultureInfo.InvariantCulture),
        };
        if (LanguageRuntimes.IsLanguage(facts.Runtime)) LayLanguage(block, facts);
        if (paths.Temporary is { } temporary) block["TMPDIR"] = temporary;
        if (facts.EndpointUrl is { } endpoint) block["AWS_ENDPOINT_URL"] = endpoint;
        return block;
    }

    // Where the interpreters look for modules beside the function's own.
    private static void LayLanguage(Dictionary<string, string> block, EnvironmentFacts facts)
    {
        var paths = facts.Paths;
        block["PATH"] = $"{paths.LanguageRoot}/bin:{block["PATH"]}";
        if (LanguageRuntimes.IsNode(facts.Runtime))
        {
            block["NODE_PATH"] = $"{paths.Layers}/nodejs/node_modules:{paths.Packages}:{paths.TaskRoot}";
            return;
        }

        var version = facts.Runtime;
        block["PYTHONPATH"] = $"{paths.TaskRoot}:{paths.Layers}/python:"
            + $"{paths.Layers}/python/lib/{version}/site-packages:{paths.Packages}";
    }

    private static Dictionary<string, string> Reserved(EnvironmentFacts facts)
    {
        var block = ReservedEverywhere(facts);
        if (!facts.IsManagedRuntime) return block;
        if (facts.IsStartedByAws) block["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + facts.Runtime;
        if (LanguageRuntimes.IsLanguage(facts.Runtime)) return block;
        if (facts.IsStartedByAws) block["LAMBDA_RUNTIME_NAME"] = facts.Runtime;
        block["DOTNET_ROOT"] = facts.Paths.DotnetRoot;
        return block;
    }

    private static Dictionary<string, string> ReservedEverywhere(EnvironmentFacts facts) => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = facts.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = facts.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = facts.SessionToken,
        ["_HANDLER"] = facts.Handler,
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = facts.LogGroupName,
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = facts.LogStreamName,
        ["LAMBDA_TASK_ROOT"] = facts.Paths.TaskRoot,
        ["AWS_REGION"] = facts.Region,
        ["AWS_DEFAULT_REGION"] = facts.Region,
        ["AWS_LAMBDA_FUNCTION_NAME"] = facts.FunctionName,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = facts.Version,
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = facts.MemorySizeMb.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = facts.InitializationType,
        ["AWS_LAMBDA_RUNTIME_API"] = facts.RuntimeApi,
    };

    private static void Lay(Dictionary<string, string> block, IEnumerable<KeyValuePair<string, string>> group)
    {
        foreach (var (name, value) in group) block[name] = value;
    }
}
