using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>Bucket, key and query of a request, read from its raw target so that a key is decoded once.</summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for the bucket; otherwise anything, dot segments and double slashes included.</param>
/// <param name="Query">Decoded; of a name that comes twice the first one counts.</param>
internal sealed record RequestTarget(string Bucket, string Key, IReadOnlyDictionary<string, string> Query)
{
    /// <param name="rawTarget">As the request line has it.</param>
    /// <param name="hostBucket">The bucket that the Host header names: the whole path is the key then. Null when the
    /// path names the bucket.</param>
    /// <exception cref="AwsException">InvalidURI: not a path, or not percent-encoded UTF-8.</exception>
    public static RequestTarget Parse(string rawTarget, string? hostBucket)
    {
        var text = rawTarget.AsSpan();
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var authority = text["http://".Length..];
            text = authority.IndexOf('/') is var path and >= 0 ? authority[path..] : "/";
        }

        if (text.IsEmpty || text[0] != '/') throw S3Errors.InvalidUri();
        var question = text.IndexOf('?');
        var query = question < 0 ? default : text[(question + 1)..];
        var resource = question < 0 ? text[1..] : text[1..question];
        if (hostBucket is not null)
            return new RequestTarget(hostBucket,
                UrlText.TryDecode(resource, plusIsSpace: false) ?? throw S3Errors.InvalidUri(), ParseQuery(query));
        var slash = resource.IndexOf('/');
        var bucket = slash < 0 ? resource : resource[..slash];
        var key = slash < 0 ? default : resource[(slash + 1)..];
        return new RequestTarget(
            UrlText.TryDecode(bucket, plusIsSpace: false) ?? throw S3Errors.InvalidUri(),
            UrlText.TryDecode(key, plusIsSpace: false) ?? throw S3Errors.InvalidUri(),
            ParseQuery(query));
    }

    private static Dictionary<string, string> ParseQuery(ReadOnlySpan<char> query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var name = UrlText.TryDecode(equals < 0 ? pair : pair[..equals], plusIsSpace: true);
            var value = UrlText.TryDecode(equals < 0 ? default : pair[(equals + 1)..], plusIsSpace: true);
            if (name is null || value is null) throw S3Errors.InvalidUri();
            values.TryAdd(name, value);
        }

        return values;
    }
}
