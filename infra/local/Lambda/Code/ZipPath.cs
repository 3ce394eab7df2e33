using System.Text;

namespace Isobar.Local.Lambda.Code;

/// <summary>Paths in a zip file: they must stay in the folder that it is unzipped to.</summary>
internal static class ZipPath
{
    /// <summary>Checks the name of an entry.</summary>
    /// <exception cref="PackageRefusedException">It leaves the folder, or Linux has no file of that name.</exception>
    public static string Checked(string name)
    {
        if (name.Length > PackageLimits.MaxPathCharacters)
            throw PackageRefusedException.Entry(
                name, $"has a name of more than {PackageLimits.MaxPathCharacters} characters");
        if (name.Contains('\\') || name.Contains('\0'))
            throw PackageRefusedException.Entry(name, "has a name with a backslash or a zero byte");
        foreach (var part in name.Split('/'))
        {
            if (part is "" or "." or "..")
                throw PackageRefusedException.Entry(name, "does not name a file below the root of the package");
            if (Encoding.UTF8.GetByteCount(part) > PackageLimits.MaxNameBytes)
                throw PackageRefusedException.Entry(
                    name, $"has a name of more than {PackageLimits.MaxNameBytes} bytes");
        }

        return name;
    }

    /// <summary>The path that a link's target has from the root of the package.</summary>
    /// <returns>Null when it is absolute or leaves the package.</returns>
    public static string? OfTarget(string link, string target)
    {
        if (target.StartsWith('/')) return null;
        var parts = new Stack<string>(link.Split('/').SkipLast(1));
        foreach (var part in target.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Push(part);
            else if (!parts.TryPop(out _)) return null;
        }

        return string.Join('/', parts.Reverse());
    }
}
