using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>One uploaded part.</summary>
/// <param name="ETag">Without quotes.</param>
/// <param name="Checksums">The one that came with it, the upload's, and always a CRC-64/NVME.</param>
/// <param name="Shown">The one that answers and listings show.</param>
internal sealed record UploadedPart(
    int Number, Blob Blob, string ETag, DateTimeOffset LastModified,
    IReadOnlyDictionary<ChecksumAlgorithm, byte[]> Checksums, ChecksumAlgorithm? Shown);

/// <summary>A part as a CompleteMultipartUpload names it.</summary>
/// <param name="Claims">The checksums that it says the part has, in base64.</param>
internal sealed record NamedPart(int Number, string ETag, IReadOnlyDictionary<ChecksumAlgorithm, string> Claims);

/// <summary>A multipart upload under way.</summary>
/// <param name="algorithm">Null when none was asked for; the object then gets a full CRC-64/NVME.</param>
/// <param name="isComposite">Whether the object's checksum is one of its parts' checksums.</param>
/// <param name="initiated">Service time.</param>
internal sealed class MultipartUpload(
    string id, string key, ObjectMetadata metadata, ChecksumAlgorithm? algorithm, bool isComposite,
    DateTimeOffset initiated)
{
    private readonly SortedDictionary<int, UploadedPart> parts = [];

    public string Id { get; } = id;

    public string Key { get; } = key;

    public ObjectMetadata Metadata { get; } = metadata;

    public ChecksumAlgorithm? Algorithm { get; } = algorithm;

    public bool IsComposite { get; } = isComposite;

    public DateTimeOffset Initiated { get; } = initiated;

    /// <summary>Whether the object was written or deleted since the upload began: S3 then refuses to complete it under
    /// a condition, even if the condition holds.</summary>
    public bool ObjectHasChanged { get; set; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyCollection<UploadedPart> Parts => parts.Values;

    /// <summary>Puts a part in place of any earlier one of its number, and returns that one.</summary>
    public UploadedPart? Put(UploadedPart part)
    {
        parts.TryGetValue(part.Number, out var earlier);
        parts[part.Number] = part;
        return earlier;
    }

    /// <summary>Makes the content of an object of the named parts.</summary>
    /// <exception cref="Wire.AwsException">InvalidPartOrder, InvalidPart, EntityTooSmall, InvalidRequest,
    /// BadDigest.</exception>
    public ObjectContent Assemble(IReadOnlyList<NamedPart> named)
    {
        if (named.Count == 0) throw S3Errors.InvalidRequest("You must specify at least one part");
        for (var i = 1; i < named.Count; i++)
            if (named[i].Number <= named[i - 1].Number) throw MultipartErrors.InvalidPartOrder(Id);
        var chosen = named.Select(Choose).ToArray();
        foreach (var part in chosen[..^1])
            if (part.Blob.Length < S3Limits.MinPartBytes) throw MultipartErrors.EntityTooSmall(part);

        using var md5 = new ContentDigest();
        foreach (var part in chosen) md5.Append(Convert.FromHexString(part.ETag));
        var eTag = $"{md5.Finish().ETag}-{chosen.Length}";
        return new ObjectContent([.. chosen.Select(part => part.Blob)], eTag, ChecksumOf(chosen), Metadata,
            IsMultipart: true);
    }

    private UploadedPart Choose(NamedPart named)
    {
        if (!parts.TryGetValue(named.Number, out var part) || part.ETag != named.ETag)
            throw MultipartErrors.InvalidPart(Id, named);
        foreach (var (claimed, value) in named.Claims)
        {
            // An upload without an algorithm has no part checksums to compare with.
            if (Algorithm is null) throw MultipartErrors.InvalidPart(Id, named);
            if (claimed != Algorithm) throw MultipartErrors.BadPartDigest(claimed, named.Number);
            if (value != Convert.ToBase64String(part.Checksums[claimed])) throw MultipartErrors.InvalidPart(Id, named);
        }

        if (IsComposite && Algorithm is { } needed && !named.Claims.ContainsKey(needed))
            throw MultipartErrors.PartChecksumMissing(needed, named.Number);
        return part;
    }

    private Checksum ChecksumOf(UploadedPart[] chosen)
    {
        var used = Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        if (IsComposite)
        {
            using var digest = new ContentDigest(used);
            foreach (var part in chosen) digest.Append(part.Checksums[used]);
            return new Checksum(used, $"{digest.Finish().Checksum(used).Value}-{chosen.Length}", IsComposite: true);
        }

        var crc = ContentDigest.Of(used);
        var value = Crc.Empty;
        foreach (var part in chosen) value = crc.Join(value, Crc.FromBytes(part.Checksums[used]), part.Blob.Length);
        return new Checksum(used, Convert.ToBase64String(crc.ToBytes(value)));
    }
}
