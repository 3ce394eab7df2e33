namespace Isobar.Report;

/// <summary>A page of the website.</summary>
/// <param name="Path">Below the site's root, without a slash before it.</param>
public sealed record SiteFile(string Path, byte[] Content);
