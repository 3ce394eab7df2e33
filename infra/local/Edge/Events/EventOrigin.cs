using System.Text.Json.Serialization;

namespace Isobar.Local.Edge.Events;

/// <summary>The origin as an event shows it: one of the two.</summary>
internal sealed record EventOrigin(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CustomOrigin? Custom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] S3Origin? S3)
{
    [JsonIgnore]
    public string DomainName => Custom?.DomainName ?? S3!.DomainName;

    [JsonIgnore]
    public HeaderMap CustomHeaders => Custom?.CustomHeaders ?? S3!.CustomHeaders;
}

/// <summary>A server of its own.</summary>
/// <param name="KeepaliveTimeout">Seconds.</param>
/// <param name="Path">Before every URI: empty, or <c>/…</c> without a slash at its end.</param>
/// <param name="Protocol"><c>http</c> or <c>https</c>.</param>
/// <param name="ReadTimeout">How long it may take to answer, in seconds.</param>
internal sealed record CustomOrigin(
    HeaderMap CustomHeaders, string DomainName, int KeepaliveTimeout, string Path, int Port, string Protocol,
    int ReadTimeout, IReadOnlyList<string> SslProtocols);

/// <summary>A bucket.</summary>
/// <param name="AuthMethod"><c>none</c> or <c>origin-access-identity</c>.</param>
/// <param name="Path">As for a custom origin.</param>
/// <param name="Region">Empty where it is not known.</param>
internal sealed record S3Origin(
    string AuthMethod, HeaderMap CustomHeaders, string DomainName, string Path, string Region);
