using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>The stored headers of an object.</summary>
/// <param name="System">Content-Type, Cache-Control and the like, by name.</param>
/// <param name="User">The <c>x-amz-meta-</c> headers, by name without the prefix.</param>
internal sealed record ObjectMetadata(
    IReadOnlyList<KeyValuePair<string, string>> System, IReadOnlyList<KeyValuePair<string, string>> User)
{
    public static readonly ObjectMetadata None = new([], []);
}

/// <summary>The content of a version.</summary>
/// <param name="Blobs">Its bytes, one blob a part.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="IsMultipart">Whether it was put in parts, so that a part can be asked for.</param>
internal sealed record ObjectContent(
    IReadOnlyList<Blob> Blobs, string ETag, Checksum? Checksum, ObjectMetadata Metadata, bool IsMultipart = false)
{
    /// <summary>The content of a delete marker.</summary>
    public static readonly ObjectContent Nothing =
        new([], "d41d8cd98f00b204e9800998ecf8427e", null, ObjectMetadata.None);

    /// <summary>In bytes.</summary>
    public long Size { get; } = Blobs.Sum(blob => blob.Length);
}

/// <summary>One version of an object, or a delete marker.</summary>
/// <param name="VersionId"><c>null</c>, spelled out, for what was put while versioning was not enabled.</param>
/// <param name="LastModified">Service time, in whole seconds.</param>
/// <param name="Sequencer">Hexadecimal; greater for every later change of the same key.</param>
internal sealed record ObjectVersion(
    string Key, string VersionId, bool IsDeleteMarker, DateTimeOffset LastModified, string Sequencer,
        ObjectContent Content)
{
    /// <summary>The id of a version that was written without versioning; a new one replaces the old one.</summary>
    public const string NullId = "null";
}
