namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// A set of parameter values that a template is deployed with; the template's defaults fill the rest.
/// </summary>
internal sealed record Profile(string Name, string Region, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>What a deployment gets that says nothing.</summary>
    public static Profile Defaults { get; } = new("defaults", "us-east-1", new Dictionary<string, string>());

    public override string ToString() => Name;
}
