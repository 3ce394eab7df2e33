namespace Isobar.Local.Lambda.Images;

/// <summary>
/// The images that this host has built, by the addresses that they would have in ECR. Nothing is pulled from a
/// registry. Owned by its monitor.
/// </summary>
internal sealed class ImageRegistry
{
    /// <summary>Images kept; the oldest makes room. Our own bound: a function that runs one keeps it.</summary>
    public const int MaxImages = 1_000;

    private readonly Dictionary<string, ContainerImage> byDigest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> digestByTag = new(StringComparer.Ordinal);
    private readonly Queue<string> oldest = new();

    /// <summary>Puts an image under its address; the tag names it from now on.</summary>
    /// <param name="uri">With a tag.</param>
    public void Put(ImageUri uri, ContainerImage image)
    {
        digestByTag[uri.ToString()] = image.Digest;
        if (!byDigest.TryAdd(uri.Resolved(image.Digest), image)) return;
        oldest.Enqueue(uri.Resolved(image.Digest));
        if (oldest.Count <= MaxImages) return;
        var gone = oldest.Dequeue();
        byDigest.Remove(gone);
        foreach (var tag in digestByTag.Where(entry => Find(ImageUri.Parse(entry.Key)!) is null).ToArray())
            digestByTag.Remove(tag.Key);
    }

    /// <returns>Null when this host has built no such image.</returns>
    public ContainerImage? Find(ImageUri uri) =>
        (uri.Digest ?? digestByTag.GetValueOrDefault(uri.ToString())) is { } digest
            ? byDigest.GetValueOrDefault(uri.Resolved(digest))
            : null;
}
