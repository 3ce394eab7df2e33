namespace Isobar.Tests;

/// <summary>
/// The tests are in two lanes. <c>dotnet test</c> runs the short one. The long one has the same properties at stress
/// size and the builds with SAM: <c>dotnet test -- --explicit only --filter-trait lane=long</c>.
/// </summary>
internal static class Lanes
{
    /// <summary>The trait's name; its only value is <see cref="Long"/>.</summary>
    public const string Name = "lane";

    /// <summary>Marks an explicit test as one of the long lane.</summary>
    public const string Long = "long";
}
