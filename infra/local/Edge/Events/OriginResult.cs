using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The origin that a function at origin-request returned, with CloudFront's rules for it.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Lambda@Edge event structure", request values.</remarks>
internal static class OriginResult
{
    private const int MaxDomainCharacters = 253;
    private const int MaxPathCharacters = 255;
    private const int MaxSeconds = 120;

    private static readonly string[] SslProtocols = ["TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3"];

    /// <param name="before">The origin of the behavior.</param>
    /// <param name="headers">Of the request that the function returned.</param>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static EventOrigin Read(JsonElement returned, EventOrigin before, HeaderMap headers)
    {
        if (!returned.TryGetProperty("origin", out var origin) || origin.ValueKind == JsonValueKind.Null) return before;
        if (origin.ValueKind != JsonValueKind.Object) throw new InvalidResultException("The origin is not an object.");
        var (custom, s3) = (Member(origin, "custom"), Member(origin, "s3"));
        if (custom is null == s3 is null)
            throw new InvalidResultException("The origin must have either custom or s3, and not both.");
        var read = custom is { } server
            ? new EventOrigin(Custom(server, before), null)
            : new EventOrigin(null, S3(s3!.Value, before));
        foreach (var name in read.CustomHeaders.Keys)
        {
            if (HeaderRules.IsDisallowed(name) || HeaderRules.IsReservedForOrigins(name))
                throw new InvalidResultException($"The origin can't have the custom header {name}.");
            if (headers.ContainsKey(name))
                throw new InvalidResultException($"The header {name} is in the request and in the origin.");
        }

        return read;
    }

    private static CustomOrigin Custom(JsonElement origin, EventOrigin before)
    {
        var domain = Domain(origin);
        if (domain.Contains(':') || System.Net.IPAddress.TryParse(domain, out _))
            throw new InvalidResultException("The domainName of the origin is not a name: no address, no port.");
        var port = Number(origin, "port", 1, ushort.MaxValue);
        if (port is not (80 or 443 or >= 1024))
            throw new InvalidResultException("The port of the origin is not 80, 443, or from 1024 to 65535.");
        var protocol = ResultReader.Text(origin, "protocol");
        if (protocol is not ("http" or "https"))
            throw new InvalidResultException("The protocol of the origin is neither http nor https.");
        return new CustomOrigin(
            CustomHeaders(origin, before), domain, Number(origin, "keepaliveTimeout", 1, MaxSeconds), Path(origin),
            port, protocol, Number(origin, "readTimeout", 1, MaxSeconds), Ssl(origin));
    }

    private static S3Origin S3(JsonElement origin, EventOrigin before)
    {
        var auth = ResultReader.Text(origin, "authMethod") ?? "none";
        if (auth is not ("none" or "origin-access-identity"))
            throw new InvalidResultException(
                "The authMethod of the origin is neither none nor origin-access-identity.");
        var region = ResultReader.Text(origin, "region") ?? "";
        if (auth != "none" && region.Length == 0)
            throw new InvalidResultException("An origin with an origin access identity must name its region.");
        return new S3Origin(auth, CustomHeaders(origin, before), Domain(origin), Path(origin), region);
    }

    private static string Domain(JsonElement origin)
    {
        var domain = ResultReader.Text(origin, "domainName") ?? "";
        return domain.Length is > 0 and <= MaxDomainCharacters
            && domain.All(character => char.IsAsciiLetterOrDigit(character) || ".-_:[]".Contains(character))
            ? domain
            : throw new InvalidResultException("The domainName of the origin is no domain name.");
    }

    private static string Path(JsonElement origin)
    {
        var path = ResultReader.Text(origin, "path") ?? "";
        if (path.Length == 0) return path;
        return path[0] == '/' && path[^1] != '/' && path.Length <= MaxPathCharacters
            && path.All(character => character is > ' ' and < '\x7f' and not ('?' or '#'))
            ? path
            : throw new InvalidResultException(
                "The path of the origin does not begin with a slash, ends with one, is too long or is not encoded.");
    }

    private static IReadOnlyList<string> Ssl(JsonElement origin)
    {
        if (!origin.TryGetProperty("sslProtocols", out var value)) return [];
        string[] protocols = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : [""];
        return protocols.All(SslProtocols.Contains)
            ? protocols
            : throw new InvalidResultException("The sslProtocols of the origin are not a list of known protocols.");
    }

    private static int Number(JsonElement origin, string name, int least, int most) =>
        origin.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new InvalidResultException($"The {name} of the origin is not a number from {least} to {most}.");

    private static HeaderMap CustomHeaders(JsonElement origin, EventOrigin before) =>
        ResultReader.Headers(origin, before.CustomHeaders, "customHeaders");

    private static JsonElement? Member(JsonElement origin, string name) =>
        !origin.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? null
        : member.ValueKind == JsonValueKind.Object ? member
        : throw new InvalidResultException($"The {name} of the origin is not an object.");
}
