namespace Isobar.Stories;

/// <summary>
/// Says which concept of Lambda a story proves, or every story of a class. The concept map is made from these
/// (tests/Tidy.Tests/Stories), and holds nothing else.
/// </summary>
/// <param name="name">As it is in tests/Tidy.Tests/Stories/Concepts.cs, where the map's order is.</param>
/// <param name="template">
/// The resources of a template that carry it: a logical id, or a logical id, a dot and one of its events.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConceptAttribute(string name, params string[] template) : Attribute
{
    public string Name => name;

    public IReadOnlyList<string> Template => template;

    /// <summary>Where the code is, from the root, if it is more than the folders of the functions named.</summary>
    public string? Code { get; init; }
}
