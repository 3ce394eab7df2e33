using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Edge.Requests;

/// <summary>The compressions that a viewer accepts, in the form that is in the key and goes to the origin.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Understand cache policies", compression support.</remarks>
internal static class AcceptedEncodings
{
    public const string Gzip = "gzip";
    public const string Brotli = "br";

    public static string Of(HeaderMap headers, CachePolicy policy)
    {
        if ((!policy.AllowsGzip && !policy.AllowsBrotli) || headers.First("accept-encoding") is not { } accepted)
            return "";
        var gzip = policy.AllowsGzip && Accepts(accepted, Gzip);
        var brotli = policy.AllowsBrotli && Accepts(accepted, Brotli);
        return (brotli, gzip) switch
        {
            (true, true) => "br,gzip",
            (true, false) => Brotli,
            (false, true) => Gzip,
            _ => "",
        };
    }

    private static bool Accepts(string header, string encoding)
    {
        if (!header.Contains(encoding, StringComparison.OrdinalIgnoreCase)) return false;
        return StringWithQualityHeaderValue.TryParseList([header], out var values)
            && values.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)
                && value.Quality is not 0);
    }
}
