namespace Isobar.Local.Lambda.Code;

/// <summary>A zip file can't be a function's code or a layer; the message is AWS's where AWS has one.</summary>
internal sealed class PackageRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file is damaged, or no zip file.</summary>
    public static PackageRefusedException Unreadable(Exception? inner = null) =>
        new("Could not unzip uploaded file. Please check your file, then try to upload again.", inner);

    public static PackageRefusedException TooLarge(long maxBytes) =>
        new($"Unzipped size must be smaller than {maxBytes} bytes");

    public static PackageRefusedException Empty() => new("Uploaded file must be a non-empty zip");

    /// <summary>An entry that this host does not unzip.</summary>
    /// <param name="what">Goes on after the entry's name.</param>
    public static PackageRefusedException Entry(string name, string what) => new(
        "Could not unzip uploaded file: the entry "
        + $"'{(name.Length > 200 ? name[..200] + "…" : name)}' {what}.");
}
