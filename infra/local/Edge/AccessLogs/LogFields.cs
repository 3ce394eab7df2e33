using System.Text;

namespace Isobar.Local.Edge.AccessLogs;

/// <summary>The columns of a standard access log (legacy), in their order.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Standard logging reference", log file fields.</remarks>
internal static class LogFields
{
    // Cookies are left out unless the distribution includes them.
    private const int Cookie = 12;

    private const string Names =
        "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) "
        + "cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken "
        + "x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status "
        + "fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len "
        + "sc-range-start sc-range-end";

    public const string Header = "#Version: 1.0\n#Fields: " + Names + "\n";

    /// <param name="at">When the answer was complete.</param>
    public static void Append(StringBuilder text, DateTimeOffset at, LoggedRequest request, bool includesCookies)
    {
        text.Append($"{at:yyyy-MM-dd}\t{at:HH:mm:ss}");
        for (var i = 0; i < request.Fields.Count; i++)
        {
            var isHidden = i + 2 == Cookie && !includesCookies;
            text.Append('\t').Append(request.Fields[i] is { Length: > 0 } field && !isHidden ? field : "-");
        }

        text.Append('\n');
    }
}
