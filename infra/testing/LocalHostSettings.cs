namespace Isobar.Local.Testing;

/// <summary>How a host for tests is started, where the defaults will not do.</summary>
public sealed record LocalHostSettings
{
    /// <summary>Values for the template's parameters; those that are not here keep their defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The stack's name, with which generated names begin: letters, digits and hyphens.</summary>
    public string StackName { get; init; } = "test";

    /// <summary>The Region of the stack.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>
    /// The build configuration whose outputs run, <c>Debug</c> or <c>Release</c>; null for that of the test project, as
    /// the path of its output says it.
    /// </summary>
    public string? Configuration { get; init; }

    /// <summary>Execution environments (processes) at a time, of all functions together: 1 to 1,000.</summary>
    public int MaxEnvironments { get; init; } = LocalHostOptions.DefaultMaxEnvironments;

    /// <summary>How long <see cref="LocalHostFixture.WaitForQuietAsync"/> waits, in real time.</summary>
    public TimeSpan QuietBound { get; init; } = TimeSpan.FromSeconds(30);
}
