namespace Isobar.Local.Services.ApiGateway;

/// <summary>The address of a stage at this host; on AWS a stage has a host name of its own.</summary>
internal static class StageAddress
{
    /// <param name="host">The host's address.</param>
    /// <param name="url"><c>https://&lt;api&gt;.execute-api.&lt;region&gt;.amazonaws.com/&lt;stage&gt;</c>.</param>
    /// <returns>An address that ends in a slash, so that paths can be put behind it.</returns>
    public static Uri On(Uri host, string url)
    {
        var onAws = new Uri(url.TrimEnd('/') + "/");
        return new Uri(host, $"{ApiGatewayModule.Prefix}/{onAws.Host.Split('.')[0]}{onAws.AbsolutePath}");
    }
}
