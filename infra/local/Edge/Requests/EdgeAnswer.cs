using System.Globalization;
using System.Text;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.AspNetCore.WebUtilities;

namespace Isobar.Local.Edge.Requests;

/// <summary>What a viewer gets.</summary>
/// <param name="Headers">Without those that CloudFront adds itself.</param>
/// <param name="Result">What <c>X-Cache</c> says, before "from cloudfront".</param>
internal sealed record EdgeAnswer(int Status, HeaderMap Headers, ReadOnlyMemory<byte> Body, string Result)
{
    /// <summary>How long the object has been in the cache; null when it comes from the origin.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>A large body, which passes through; null when <see cref="Body"/> has it.</summary>
    public LargeBody? Source { get; init; }

    /// <summary>The part of the body that the viewer gets; null for all of it.</summary>
    public ByteRange? Range { get; init; }

    /// <summary>Bytes of the body that go out; 0 where its length is not known.</summary>
    public long BodyLength => Range?.Length ?? Source?.Length ?? Body.Length;

    /// <summary>An error of the distribution, as text for the viewer.</summary>
    public static EdgeAnswer Error(EdgeException e, string requestId)
    {
        var headers = new HeaderMap();
        headers.Set("Content-Type", "text/plain; charset=utf-8");
        headers.Set("Cache-Control", "no-store");
        var text = $"""
            {e.Status} {ReasonPhrases.GetReasonPhrase(e.Status)}
            The request could not be satisfied.

            {e.Message}

            Request id: {requestId}

            """;
        return new EdgeAnswer(e.Status, headers, Encoding.UTF8.GetBytes(text), e.Result);
    }

    public async Task WriteAsync(HttpContext http, string requestId, DistributionSettings settings)
    {
        using var source = Source;
        var response = http.Response;
        response.StatusCode = Status;
        foreach (var (name, lines) in Headers.Where(name => name != "content-length"))
        {
            var key = lines is [var first, ..] ? first.Key : name;
            response.Headers.Append(key, lines.Select(line => line.Value).ToArray());
        }

        response.Headers["X-Cache"] = $"{Result} from cloudfront";
        response.Headers["X-Amz-Cf-Id"] = requestId;
        response.Headers.Via = $"1.1 {settings.DomainName} (CloudFront)";
        if (Age is { } age) response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        var hasBody = Status is not (204 or 304);
        if (hasBody) response.ContentLength = Length(http);
        if (!hasBody || HttpMethods.IsHead(http.Request.Method)) return;
        if (Range is { Length: 0 }) return;
        if (source is not null) await source.CopyToAsync(response.Body, Range, http.RequestAborted);
        else await response.Body.WriteAsync(
            Range is { } part ? Body.Slice((int)part.Start, (int)part.Length) : Body, http.RequestAborted);
    }

    /// <summary>Bytes of the body that this request is sent.</summary>
    public long SentBytes(HttpContext http) =>
        Status is 204 or 304 || HttpMethods.IsHead(http.Request.Method) ? 0 : BodyLength;

    private long? Length(HttpContext http)
    {
        if (Range is { } part) return part.Length;
        if (Source is not null) return Source.Length;
        if (!(Body.IsEmpty && HttpMethods.IsHead(http.Request.Method))) return Body.Length;
        var stated = Headers.First("content-length");
        return long.TryParse(stated, CultureInfo.InvariantCulture, out var length) ? length : null;
    }
}
