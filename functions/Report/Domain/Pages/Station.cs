namespace Isobar.Report;

/// <summary>A station as its pages call it.</summary>
/// <param name="Id">A valid id: 11 characters, the first two of the country.</param>
/// <param name="Name">Null if it is not known.</param>
public sealed record Station(string Id, string? Name)
{
    public string Country => Id[..SitePaths.CountryCharacters];

    /// <summary>The name, or the id in its place.</summary>
    public string Title => Name ?? Id;
}
