namespace Isobar.Local.Edge.Stack;

/// <summary>The paths that a cache behavior is for.</summary>
/// <param name="text">
/// <c>*</c> stands for any number of characters and <c>?</c> for one; with or without the slash at its beginning.
/// </param>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Cache behavior settings", path pattern.</remarks>
internal sealed class PathPattern(string text)
{
    public const int MaxCharacters = 255;

    /// <summary>The default behavior's: every path.</summary>
    public static readonly PathPattern Any = new("*");

    private readonly string pattern = text.StartsWith('/') || text.StartsWith('*') ? text : "/" + text;

    public override string ToString() => text;

    /// <summary>Whether all characters are some that a pattern may have.</summary>
    public static bool IsValid(string text) => text.Length is > 0 and <= MaxCharacters
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "_-.*?$/~\"'@:+&".Contains(character));

    /// <summary>Whether a path matches; letters in upper and lower case differ.</summary>
    public bool Matches(string path) => Wildcards.Matches(pattern, path);
}
