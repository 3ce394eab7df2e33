using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>The headers of an object that are given back as they were put.</summary>
/// <param name="System">Content-Type, Cache-Control and the like, by name.</param>
/// <param name="User">The <c>x-amz-meta-</c> headers, by name without the prefix.</param>
internal sealed record ObjectMetadata(
    IReadOnlyList<KeyValuePair<string, string>> System, IReadOnlyList<KeyValuePair<string, string>> User)
{
    public static readonly ObjectMetadata None = new([], []);
}

/// <summary>What a new version holds.</summary>
/// <param name="Blobs">Its bytes, one blob a part.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="IsMultipart">Whether it was put in parts, so that a part can be asked for.</param>
internal sealed record ObjectContent(
    IReadOnlyList<Blob> Blobs, string ETag, Checksum? Checksum, ObjectMetadata Metadata, bool IsMultipart = false)
{
    /// <summary>What stands for the content of a delete marker.</summary>
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
    /// <summary>The id of the version that takes the place of the one before.</summary>
    public const string NullId = "null";
}
