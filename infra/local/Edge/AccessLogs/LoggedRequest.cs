using System.Globalization;
using System.Text;
using Isobar.Local.Edge.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Edge.AccessLogs;

/// <summary>A request as a line of the access log tells it.</summary>
/// <param name="Fields">
/// Those that the request says, in the order of <see cref="LogFields"/>, from <c>x-edge-location</c> on; empty where
/// there is nothing to say.
/// </param>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Standard logging reference", for fields and encoding.</remarks>
internal sealed record LoggedRequest(IReadOnlyList<string> Fields)
{
    /// <summary>CloudFront names a location by an airport's code; this one is in the Region us-east-1.</summary>
    private const string Location = "IAD89-C1";

    private const string EncodedAlso = "<>\"#%{}|\\^~[]`'";

    /// <param name="first">From the request to the first byte of the answer.</param>
    /// <param name="all">From the request to the last byte.</param>
    public static LoggedRequest Of(
        HttpContext http, EdgeAnswer answer, string requestId, TimeSpan first, TimeSpan all)
    {
        var (request, response) = (http.Request, http.Response);
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?');
        var sent = answer.SentBytes(http);
        var range = answer.Range is { Length: > 0 } part ? part : (ByteRange?)null;
        return new LoggedRequest(
        [
            Location, Number(HeaderBytes(response.Headers) + sent), Address(http), request.Method,
            request.Host.Host, Encoded(mark < 0 ? target : target[..mark]), Number(answer.Status),
            Encoded(request.Headers.Referer.ToString()), Encoded(request.Headers.UserAgent.ToString()),
            Encoded(mark < 0 ? "" : target[(mark + 1)..]), Encoded(request.Headers.Cookie.ToString()), answer.Result,
            requestId, request.Host.Value ?? "", request.Scheme,
            Number(target.Length + HeaderBytes(request.Headers) + (request.ContentLength ?? 0)), Seconds(all),
            Encoded(request.Headers["X-Forwarded-For"].ToString()), "", "", answer.Result, request.Protocol, "", "",
            Number(http.Connection.RemotePort), Seconds(first), answer.Result,
            Encoded(response.ContentType ?? ""), Number(sent),
            range is { } from ? Number(from.Start) : "", range is { } to ? Number(to.Start + to.Length - 1) : "",
        ]);
    }

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static long HeaderBytes(IHeaderDictionary headers) =>
        headers.Sum(header => header.Value.Sum(value => header.Key.Length + (value?.Length ?? 0) + 4L));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Percent-encodes what the log does not have: blanks, control characters, bytes from 127 on, and some.
    /// </summary>
    private static string Encoded(string text)
    {
        if (!text.Any(MustBeEncoded)) return text;
        var encoded = new StringBuilder();
        foreach (var character in text)
        {
            if (!MustBeEncoded(character)) encoded.Append(character);
            // A header's character is a byte; a percent sign is there already where the viewer encoded.
            else encoded.Append(CultureInfo.InvariantCulture, $"%{(int)character & 0xff:X2}");
        }

        return encoded.ToString();
    }

    private static bool MustBeEncoded(char character) =>
        character is <= ' ' or >= '\x7f' || EncodedAlso.Contains(character);
}
