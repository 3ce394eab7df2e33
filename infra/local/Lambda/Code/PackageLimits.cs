namespace Isobar.Local.Lambda.Code;

/// <summary>What a zip file may hold before anything of it is unzipped.</summary>
/// <remarks>
/// Source, unless a member says otherwise: bounds of our own. Lambda publishes no number of files; whoever unzips gives
/// the bytes.
/// </remarks>
internal static class PackageLimits
{
    public const int MaxEntries = 100_000;

    /// <summary>16 MiB: the directory of the zip file, which is read as a whole.</summary>
    public const long MaxDirectoryBytes = 16 * 1_048_576;

    /// <summary>Characters of a path from the root of the package.</summary>
    public const int MaxPathCharacters = 1_024;

    /// <summary>Bytes of a name between two slashes. Source: Linux, <c>NAME_MAX</c>.</summary>
    public const int MaxNameBytes = 255;

    /// <summary>Links from one to the next until a file. Source: Linux follows 40; packages have one or two.</summary>
    public const int MaxLinks = 8;
}
