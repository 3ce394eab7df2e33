namespace Isobar.Stories;

/// <summary>What each target needs of a machine, and what to say where that is missing.</summary>
internal static class Requirements
{
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
            Target.LocalStack =>
            [
                .. machine.DockerEngine ? [] : (string[])["a Docker engine (none answers)"],
                .. machine.Sam ? [] : (string[])["the sam command (not on the PATH)"],
            ],
            Target.Aws =>
            [
                .. machine.Credentials ? [] : (string[])["credentials of a sandbox account (the SDK finds none)"],
                .. machine.StackName is null ? ["the stack's name (ISOBAR_STACK is not set)"] : (string[])[],
            ],
            _ => [],
        };
        return missing.Length == 0 ? null : $"The target {Name(target)} needs {string.Join(" and ", missing)}.";
    }

    /// <summary>The image of LocalStack.</summary>
    /// <param name="authToken">LOCALSTACK_AUTH_TOKEN, which every image since 23 March 2026 asks for.</param>
    /// <returns>The last one that asks for none, or the newest.</returns>
    public static string LocalStackImage(string? authToken) =>
        string.IsNullOrEmpty(authToken) ? "localstack/localstack:4.14" : "localstack/localstack:latest";
}
