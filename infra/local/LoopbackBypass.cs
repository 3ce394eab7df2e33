using System.Net;

namespace Isobar.Local;

/// <summary>
/// The proxies that the environment names (<c>HTTP_PROXY</c> and its like), except for this machine's own addresses:
/// a proxy can't reach those, and most people's <c>NO_PROXY</c> leaves them out.
/// </summary>
/// <param name="configured">What .NET read from the environment.</param>
internal sealed class LoopbackBypass(IWebProxy configured) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => configured.Credentials;
        set => configured.Credentials = value;
    }

    /// <summary>Makes it the proxy of every HTTP client of this process, those inside the AWS SDK included.</summary>
    public static void Install() => HttpClient.DefaultProxy = new LoopbackBypass(HttpClient.DefaultProxy);

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : configured.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || configured.IsBypassed(host);
}
