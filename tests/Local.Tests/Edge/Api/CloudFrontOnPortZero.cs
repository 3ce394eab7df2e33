using System.Net;
using System.Text;
using System.Xml.Linq;
using Isobar.Local.Tests.Wire;

namespace Isobar.Local.Tests.Edge.Api;

/// <summary>CloudFront's API on a free port, before a distribution on another one.</summary>
internal sealed class CloudFrontOnPortZero : IAsyncDisposable
{
    private const string PassOn = "export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;";

    private readonly ModuleOnPortZero api;
    private readonly HttpClient client = new();

    private CloudFrontOnPortZero(DistributionOnPortZero edge, ModuleOnPortZero api, RecordingGate gate) =>
        (Edge, this.api, Gate) = (edge, api, gate);

    public DistributionOnPortZero Edge { get; }

    public RecordingGate Gate { get; }

    public Uri Address => api.Address;

    /// <summary>The API's own journal: what its calls cost is there.</summary>
    public World World => api.World;

    public string Id => Edge.Served.Settings.Id;

    public string Invalidations => $"/2020-05-31/distribution/{Id}/invalidation";

    /// <param name="change">Changes the template's text.</param>
    public static async Task<CloudFrontOnPortZero> StartAsync(Func<string, string>? change = null)
    {
        var edge = await DistributionOnPortZero.StartAsync(PassOn, change);
        var gate = new RecordingGate();
        var api = await ModuleOnPortZero.StartAsync(
            world =>
            {
                var module = new CloudFrontModule(world.Context);
                module.Api.Served = edge.Served;
                return [module];
            },
            gate);
        return new CloudFrontOnPortZero(edge, api, gate);
    }

    /// <summary>A page of the distribution.</summary>
    public async Task<string> PageAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await Edge.SendAsync(path, null, headers);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<(HttpStatusCode Status, XElement Answer)> InvalidateAsync(string reference, params string[] paths) =>
        SendAsync(HttpMethod.Post, Invalidations, Batch(reference, paths.Length, paths));

    /// <summary>The answer, without namespaces.</summary>
    public async Task<(HttpStatusCode Status, XElement Answer)> SendAsync(
        HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(api.Address, path));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260112/us-east-1/cloudfront/aws4_request, "
                + $"SignedHeaders=host, Signature={new string('0', 64)}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        using var answer = await client.SendAsync(request);
        var root = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("http://cloudfront.amazonaws.com/doc/2020-05-31/", root.Name.NamespaceName);
        foreach (var each in root.DescendantsAndSelf()) each.Name = each.Name.LocalName;
        return (answer.StatusCode, root);
    }

    public static string Batch(string reference, int quantity, params string[] paths) =>
        new XElement(
            "InvalidationBatch",
            new XElement(
                "Paths", new XElement("Quantity", quantity),
                new XElement("Items", paths.Select(path => new XElement("Path", path)))),
            new XElement("CallerReference", reference)).ToString();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        await Edge.DisposeAsync();
    }
}
