namespace Isobar.Local.Services.S3.Payload;

/// <summary>Stored bytes that never change once written: a whole object, or one part of it.</summary>
/// <param name="length">In bytes.</param>
/// <param name="fileName">Where the bytes are, within the data directory; null for a body in memory.</param>
internal sealed class Blob(long length, string? fileName)
{
    public long Length { get; } = length;

    public string? FileName { get; } = fileName;

    /// <summary>The bytes of a body in memory; set once, before anyone else can see the blob.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }

    /// <summary>How many versions, parts and requests need it. Owned by <see cref="Objects.BlobReferences"/>.</summary>
    public int References { get; set; }
}
