using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.SecurityToken;

namespace Isobar.Stories;

/// <summary>Signature version 4 on a request made by hand, by the SDK's own signer.</summary>
internal static class Signature
{
    // The signer wants some client's configuration; region and service are the request's own.
    private static readonly AmazonSecurityTokenServiceConfig Anywhere =
        new() { RegionEndpoint = Amazon.RegionEndpoint.USEast1 };

    public static async Task AddAsync(HttpRequestMessage request, string service, AwsPlace place)
    {
        var signed = new DefaultRequest(new Call(), service)
        {
            HttpMethod = request.Method.Method,
            Endpoint = place.Of(service),
            ResourcePath = request.RequestUri!.AbsolutePath,
            Content = await request.Content!.ReadAsByteArrayAsync(),
            DeterminedSigningRegion = place.Region,
            OverrideSigningServiceName = service,
        };
        // What the query says is signed as well; its values have been escaped for the address.
        foreach (var pair in request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            signed.SubResources[pair.Split('=')[0]] = Uri.UnescapeDataString(pair.Split('=', 2)[1]);
        foreach (var (name, values) in request.Headers) signed.Headers[name] = string.Join(',', values);
        if (request.Content.Headers.ContentType is { } type) signed.Headers["Content-Type"] = type.ToString();
        new AWS4Signer().Sign(signed, Anywhere, null, place.Credentials);
        foreach (var (name, value) in signed.Headers)
            if (name is not ("Content-Type" or "Host" or "host"))
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
    }

    private sealed class Call : AmazonWebServiceRequest;
}
