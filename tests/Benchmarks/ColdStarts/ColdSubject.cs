namespace Isobar.Benchmarks.ColdStarts;

/// <summary>A function, packaged and started in one of the ways that are compared.</summary>
/// <param name="Name">The function's.</param>
/// <param name="Way">How it is compiled and started, as the table says it.</param>
/// <param name="Package">The folder that is <c>/var/task</c> on AWS.</param>
/// <param name="Program">What is started in it: the program and its arguments.</param>
/// <param name="Event">What it is invoked with.</param>
/// <param name="Response">A text that must be in every response: it did its work.</param>
internal sealed record ColdSubject(
    string Name, string Way, string Package, IReadOnlyList<string> Program,
    IReadOnlyDictionary<string, string> Variables, string Event, string Response)
{
    /// <summary>Whether the init phase is over before anybody calls.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>Whether its process registers an extension, which takes part in init and invocations.</summary>
    public bool HasExtension { get; init; }

    /// <summary>How often it is called after the first call.</summary>
    public int WarmCalls { get; init; } = 1;

    public long ZippedBytes { get; } = Packages.ZippedBytes(Package);
}
