namespace Isobar.Stories;

/// <summary>What each target needs of a machine, and what to say where that is missing.</summary>
internal static class Requirements
{
    /// <summary>The API version that Testcontainers speaks unless DOCKER_API_VERSION names another.</summary>
    /// <remarks>Source: Testcontainers 4.16 against an engine of API 1.41, which refused 1.44.</remarks>
    public static readonly Version DockerApi = new(1, 44);

    /// <summary>The target that ISOBAR_TARGET names.</summary>
    /// <exception cref="InvalidOperationException">It names none.</exception>
    public static Target Named(string? variable) => variable switch
    {
        null or "" or "local" => Target.Local,
        "localstack" => Target.LocalStack,
        "aws" => Target.Aws,
        _ => throw new InvalidOperationException(
            $"ISOBAR_TARGET is '{variable}'; the targets are local, localstack and aws."),
    };

    /// <summary>As it is written in ISOBAR_TARGET.</summary>
    public static string Name(Target target) => target.ToString().ToLowerInvariant();

    /// <summary>What a story says that runs on other targets.</summary>
    public static string Elsewhere(Target current, IEnumerable<Target> targets) =>
        $"ISOBAR_TARGET is {Name(current)}; this story runs on {string.Join(", ", targets.Select(Name))} only.";

    /// <summary>What this machine lacks for a target, all of it in one sentence; null if it lacks nothing.</summary>
    public static string? Missing(Target target, Machine machine)
    {
        string[] missing = target switch
        {
            Target.LocalStack => [.. Engine(machine), .. Deployer(machine)],
            Target.Aws =>
            [
                .. machine.Credentials ? [] : (string[])["credentials of a sandbox account (the SDK finds none)"],
                .. machine.StackName is null ? ["the stack's name (ISOBAR_STACK is not set)"] : (string[])[],
            ],
            _ => [],
        };
        return missing.Length == 0 ? null : $"The target {Name(target)} needs {string.Join(" and ", missing)}.";
    }

    // A LocalStack that already runs needs no engine of this machine's.
    private static IEnumerable<string> Engine(Machine machine)
    {
        if (machine.LocalStackEndpoint is not null) yield break;
        if (machine.DockerApi is not { } api) yield return "a Docker engine (none answers)";
        else if (api < DockerApi && machine.DockerApiChosen is null)
            yield return $"a Docker engine of API {DockerApi} or later (this one speaks {api}; "
                + $"set DOCKER_API_VERSION={api})";
    }

    // A stack that is already there is not deployed.
    private static IEnumerable<string> Deployer(Machine machine)
    {
        var isDeployed = machine is { LocalStackEndpoint: not null, StackName: not null };
        if (!isDeployed && !machine.Sam) yield return "the sam command (not on the PATH)";
    }

    /// <summary>The image of LocalStack.</summary>
    /// <param name="authToken">LOCALSTACK_AUTH_TOKEN, which every image since 23 March 2026 asks for.</param>
    /// <returns>The last one that asks for none, or the newest.</returns>
    public static string LocalStackImage(string? authToken) =>
        string.IsNullOrEmpty(authToken) ? "localstack/localstack:4.14" : "localstack/localstack:latest";
}
