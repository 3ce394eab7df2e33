using System.Globalization;
using System.Text;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>The headers that describe an object: read from the request that puts it, written to answers about
/// it.</summary>
internal static class ObjectHeaders
{
    private const string UserPrefix = "x-amz-meta-";
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] Kept =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    /// <summary>Query parameters of a GET whose value replaces a stored header in the answer.</summary>
    public static IReadOnlyList<string> Overrides { get; } = [.. Kept.Select(Override)];

    /// <summary>Headers that are accepted with values that change nothing here, and refused with others.</summary>
    public static IReadOnlyList<string> PutHeaders { get; } = ["x-amz-acl", "x-amz-storage-class"];

    /// <summary>Reads the headers that are stored with an object.</summary>
    /// <exception cref="Wire.AwsException">MetadataTooLarge; InvalidArgument for what no header could carry back;
    /// InvalidStorageClass; NotImplemented for other storage classes and access lists than the default
    /// ones.</exception>
    public static ObjectMetadata Read(S3Request request)
    {
        RefuseOtherPlaces(request);
        var named = request.Http.Request.Headers.Select(
            header => KeyValuePair.Create(header.Key, EncodedWord.Decode($"{header.Value}")));
        if (request.IsPresigned) named = named.Concat(request.Target.Query);
        return new ObjectMetadata(ReadSystem(request.Header), ReadUser(named));
    }

    /// <summary>The same from the fields of a form.</summary>
    public static ObjectMetadata Read(IReadOnlyDictionary<string, string> fields) =>
        new(
            ReadSystem(name => fields.GetValueOrDefault(name) is { } value ? InLatin1(value) : null),
            ReadUser(fields));

    /// <summary>Whether a header is stored with an object.</summary>
    public static bool IsKept(string name) =>
        Kept.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the headers that describe a version, except its checksum.</summary>
    /// <param name="isVersioned">Whether the bucket has or had versions, so that their ids are told.</param>
    public static void Write(S3Request request, ObjectVersion version, bool isVersioned)
    {
        var headers = request.Http.Response.Headers;
        headers["ETag"] = $"\"{version.Content.ETag}\"";
        headers["Last-Modified"] = version.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers["Accept-Ranges"] = "bytes";
        headers["Content-Type"] = DefaultContentType;
        if (isVersioned) headers["x-amz-version-id"] = version.VersionId;
        foreach (var (name, value) in version.Content.Metadata.System) headers[name] = value;
        foreach (var (name, value) in version.Content.Metadata.User)
            headers[UserPrefix + name] = EncodedWord.Encode(value);
        foreach (var name in Kept)
        {
            if (request.Query(Override(name)) is not { Length: > 0 } value) continue;
            CheckSystem(Override(name), value);
            headers[name] = value;
        }
    }

    public static void Write(S3Request request, Checksum? checksum)
    {
        if (checksum is null) return;
        request.SetHeader(checksum.Algorithm.Header(), checksum.Value);
        request.SetHeader("x-amz-checksum-type", checksum.Type);
    }

    private static string Override(string header) => "response-" + header.ToLowerInvariant();

    private static void RefuseOtherPlaces(S3Request request)
    {
        if (request.Header("x-amz-acl") is { } acl and not ("private" or "bucket-owner-full-control"))
            throw S3Errors.NotImplemented("x-amz-acl", acl);
        switch (request.Header("x-amz-storage-class"))
        {
            case null or "STANDARD":
                return;
            case "REDUCED_REDUNDANCY" or "STANDARD_IA" or "ONEZONE_IA" or "INTELLIGENT_TIERING" or "GLACIER"
                or "DEEP_ARCHIVE" or "GLACIER_IR" or "EXPRESS_ONEZONE" or "SNOW" or "FSX_OPENZFS":
                throw S3Errors.NotImplemented("x-amz-storage-class", request.Header("x-amz-storage-class")!);
            case var other:
                throw new Wire.AwsException("InvalidStorageClass", "The storage class you specified is not valid")
                {
                    Elements = [new("StorageClassRequested", other)],
                };
        }
    }

    private static List<KeyValuePair<string, string>> ReadSystem(Func<string, string?> find)
    {
        var system = new List<KeyValuePair<string, string>>();
        foreach (var name in Kept)
        {
            if (find(name) is not { } value) continue;
            if (name == "Content-Encoding") value = WithoutFraming(value);
            CheckSystem(name, value);
            if (value.Length > 0) system.Add(new(name, value));
        }

        return system;
    }

    // If a name comes twice, the first value is stored.
    private static List<KeyValuePair<string, string>> ReadUser(IEnumerable<KeyValuePair<string, string>> values)
    {
        var user = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            if (name.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
                user.TryAdd(name[UserPrefix.Length..].ToLowerInvariant(), value);

        var bytes = user.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
        if (bytes > S3Limits.MaxMetadataBytes) throw S3Errors.MetadataTooLarge(bytes);
        foreach (var (name, value) in user)
            if (name.Length == 0 || !name.All(IsTokenChar))
                throw S3Errors.InvalidArgument("The metadata cannot be sent back as a header.", UserPrefix + name,
                    value);
        return [.. user];
    }

    // aws-chunked describes how the body is sent, not the object.
    private static string WithoutFraming(string encodings) => string.Join(',', encodings.Split(',')
        .Select(encoding => encoding.Trim())
        .Where(encoding => encoding.Length > 0 && encoding != "aws-chunked"));

    // A header carries one byte a character. U+0080 to U+009F are allowed: in UTF-8 these bytes are parts of letters.
    private static void CheckSystem(string name, string value)
    {
        if (value.Any(c => c > '\xff' || (c < ' ' && c != '\t') || c == '\x7f'))
            throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
    }

    // A character of a form that ISO 8859-1 does not have becomes a space (recorded).
    private static string InLatin1(string value) =>
        string.Concat(value.EnumerateRunes().Select(rune => rune.Value > 0xff ? ' ' : (char)rune.Value));

    private static bool IsTokenChar(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
}
