namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>One thing that AWS Lambda was seen to do, restated, and how to ask this host for it.</summary>
/// <param name="About">What it is about; the table in the README is ordered by it.</param>
/// <param name="Says">What AWS does, in one line.</param>
/// <param name="Check">Throws where the host does anything else.</param>
internal sealed record LambdaCase(string About, string Says, Func<RecordedWorld, Task> Check)
{
    /// <summary>Resources of the template beside the functions <c>echo</c> and <c>other</c> and three queues.</summary>
    public string Resources { get; init; } = "";

    /// <summary>More properties of <c>echo</c>.</summary>
    public string Function { get; init; } = "";

    /// <summary>Whether the function must run: then <c>echo</c> is the Probe, with a timeout of 1 s.</summary>
    public bool Runs { get; init; }

    /// <summary>Why the host does something else, on purpose or not; null where it does the same.</summary>
    public string? Differs { get; init; }

    /// <summary>What the host does instead, where it differs: throws where it does anything else again.</summary>
    public Func<RecordedWorld, Task>? Here { get; init; }

    public override string ToString() => Says;

    /// <summary>Everything there is.</summary>
    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        .. FunctionNameCases.All, .. InvocationCases.All, .. RunningCases.All, .. EventCases.All,
        .. ConfigurationCases.All, .. ConcurrencyCases.All, .. MappingCases.All,
        .. VersionCases.All, .. AliasCases.All, .. ProvisionedCases.All, .. CreateCases.All, .. LayerCases.All,
        .. PermissionCases.All, .. TagCases.All, .. MappingApiCases.All,
        .. StreamMappingCases.All, .. KinesisMappingCases.All,
    ];
}
