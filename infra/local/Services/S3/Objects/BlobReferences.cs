using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>Counts the references to each blob and the bytes of all blobs; part of S3's state.</summary>
internal sealed class BlobReferences(S3Limits limits, Identifiers identifiers)
{
    private List<Blob> garbage = [];
    private long inMemoryBytes;

    /// <summary>Bytes of all blobs, those still being written included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reserves a blob for a body; the caller holds a reference until <see cref="Release"/>.</summary>
    /// <exception cref="Wire.AwsException">SlowDown: the store is full.</exception>
    public Blob Create(long length)
    {
        if (Bytes + length > limits.MaxTotalBytes) throw S3Errors.SlowDown();
        var inMemory = length <= limits.MaxInMemoryBytes && inMemoryBytes + length <= limits.MaxTotalInMemoryBytes;
        Bytes += length;
        if (inMemory) inMemoryBytes += length;
        return new Blob(length, inMemory ? null : identifiers.NewHex(16)) { References = 1 };
    }

    public void Retain(IEnumerable<Blob> blobs)
    {
        foreach (var blob in blobs) blob.References++;
    }

    public void Release(IEnumerable<Blob> blobs)
    {
        foreach (var blob in blobs) Release(blob);
    }

    public void Release(Blob blob)
    {
        if (--blob.References > 0) return;
        Bytes -= blob.Length;
        if (blob.FileName is null) inMemoryBytes -= blob.Length;
        else garbage.Add(blob);
    }

    /// <summary>The blobs whose files can be deleted now; each is returned once.</summary>
    public IReadOnlyList<Blob> TakeGarbage()
    {
        if (garbage.Count == 0) return [];
        var taken = garbage;
        garbage = [];
        return taken;
    }
}
