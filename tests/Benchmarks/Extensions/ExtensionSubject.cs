namespace Isobar.Benchmarks.Extensions;

/// <summary>A function with one set of extensions.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Layer">The content of its one layer: a folder below the template's. Each subject has the script that
/// joins the processor's share.</param>
internal sealed record ExtensionSubject(string Name, string Layer)
{
    /// <summary>What the function's own wrapper is, behind the one that joins the share; null for none.</summary>
    public string? Wrapper { get; init; }

    /// <summary>The most that it may add to the init phase of a function without it, in milliseconds.</summary>
    public double? MostInit { get; init; }
}
