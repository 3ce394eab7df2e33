using Isobar.Local.Edge.Api;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local;

/// <summary>
/// CloudFront as a service of the host. The distribution is no room of the services: it stands before the host's
/// endpoint, as its viewers' clients do, and starts last.
/// </summary>
internal sealed class CloudFrontModule(ServiceContext context) : IServiceModule
{
    public string SigningName => "cloudfront";

    /// <summary>Given the distribution when it is there.</summary>
    public CloudFrontApi Api { get; } = new(context.Identifiers);

    public IWireProtocol Wire => Api;
}
