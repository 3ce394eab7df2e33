using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Isobar.Local.Deployment;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Tests.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Edge;

/// <summary>
/// The distribution of distribution.yaml on a free port, with a handler that a test writes, or the router, and an
/// origin of the test's own in the place of the host's AWS endpoint.
/// </summary>
internal sealed class DistributionOnPortZero : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("isobar-edge-").FullName;
    private readonly WireServer origin;
    private EdgeHosting hosting = null!;

    private DistributionOnPortZero(WireServer origin) => this.origin = origin;

    public World World { get; } = new();

    /// <summary>What the origin serves, by path.</summary>
    public ConcurrentDictionary<string, OriginObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What the origin was asked: method, path and the entity tag that was known.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The same with headers and bodies.</summary>
    public ConcurrentQueue<OriginRequested> Requests { get; } = new();

    /// <summary>What was written to the origin, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>Is released by each request that the origin gets, before it is answered.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    /// <summary>Completes when the origin may answer; set to make it wait.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public Uri Address => hosting.Address;

    /// <summary>The distribution, for CloudFront's API.</summary>
    public ServedDistribution Served => hosting.Served;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <param name="handler">The handler's module; null for the router of this checkout.</param>
    /// <param name="change">Changes the template's text.</param>
    /// <param name="file">What the handler is written to.</param>
    public static async Task<DistributionOnPortZero> StartAsync(
        string? handler, Func<string, string>? change = null, string file = "index.mjs")
    {
        var node = Program.FindNode();
        if (node is null) Assert.Skip("Node.js is not on this machine.");
        DistributionOnPortZero? distribution = null;
        var origin = await WireServer.StartAsync(http => distribution!.ServeAsync(http), 0, default);
        distribution = new DistributionOnPortZero(origin);
        await distribution.StartAsync(node!, handler, change ?? (text => text), file);
        return distribution;
    }

    /// <summary>A request to this distribution.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string path, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <returns>The answer's status line.</returns>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(Bound);
        await client.ConnectAsync(IPAddress.Loopback, Address.Port, limit.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(limit.Token) ?? "";
    }

    /// <summary>Lets service time pass once nothing is under way: an answer is logged after it was given.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Assert.True(await World.Activity.WaitForQuietAsync(TimeSpan.FromSeconds(30), CancellationToken.None));
        World.Clock.JumpBy(time);
    }

    public ValueTask StopOriginAsync() => origin.DisposeAsync();

    /// <summary>The next fact of a kind.</summary>
    public Task<TFact> FactAsync<TFact>(Func<TFact, bool>? condition = null)
        where TFact : class => World.Journal.WaitForAsync(condition ?? (_ => true), Bound);

    public IEnumerable<TFact> Facts<TFact>() => World.Journal.After(0).Select(entry => entry.Fact).OfType<TFact>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Arrived.Dispose();
        await hosting.DisposeAsync();
        await origin.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(string node, string? handler, Func<string, string> change, string file)
    {
        var code = Path.Combine(Repository, "edge", "ab-router");
        if (handler is not null)
        {
            code = Directory.CreateDirectory(Path.Combine(folder, "handler")).FullName;
            await File.WriteAllTextAsync(Path.Combine(code, file), handler);
        }

        var text = change(RepositoryFile.Read("tests/Local.Tests/Edge/distribution.yaml"))
            .Replace("CodeUri: CODE", $"CodeUri: {code}", StringComparison.Ordinal);
        hosting = await EdgeHosting.StartAsync(
            new EdgeOptions(
                new TemplateSource(Path.Combine(folder, "edge.yaml"), text),
                new StackIdentity("edge", "arn:aws:cloudformation:us-east-1:000000000000:stack/edge/1",
                    ModuleOnPortZero.AccountId, ModuleOnPortZero.Region, "aws"),
                Tests.Deployment.HostTemplateParts.All,
                new Dictionary<string, string>
                {
                    ["SiteBucketDomainName"] = "pages.s3.us-east-1.amazonaws.com",
                    ["SomethingElse"] = "passed over",
                },
                0, new Interpreters(node, Program.FindPython()), Path.Combine(folder, "run"), origin.Address),
            World.Clock, World.Activity, World.Journal, World.Identifiers, default);
    }

    private async Task ServeAsync(HttpContext http)
    {
        var path = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        if (HttpMethods.IsPut(http.Request.Method) && !path.StartsWith("/_aws/", StringComparison.Ordinal))
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes);
            Written[path] = bytes.ToArray();
            return;
        }

        var known = http.Request.Headers.IfNoneMatch.ToString();
        Asked.Enqueue($"{http.Request.Method} {path}{(known.Length > 0 ? " " + known : "")}");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Requests.Enqueue(new OriginRequested(
            http.Request.Method, path,
            http.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray())));
        var answering = Answering;
        Arrived.Release();
        await answering;
        if (!Objects.TryGetValue(path, out var found))
        {
            http.Response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        http.Response.Headers["x-amz-request-id"] = "kept back";
        foreach (var (name, value) in found.Headers) http.Response.Headers.Append(name, value);
        http.Response.StatusCode = found.Headers.Contains(("ETag", known)) ? 304 : found.Status;
        if (http.Response.StatusCode == 304) return;
        if (!found.IsChunked) http.Response.ContentLength = found.Body.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(found.Body);
    }

    private static string Repository
    {
        get
        {
            var at = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(at!.FullName, "Isobar.slnx"))) at = at.Parent;
            return at.FullName;
        }
    }
}

/// <summary>What the origin was asked.</summary>
internal sealed record OriginRequested(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <returns>Empty where the header is not there.</returns>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}

/// <summary>What the origin answers.</summary>
internal sealed record OriginObject(byte[] Body, params (string Name, string Value)[] Headers)
{
    public OriginObject(string body, params (string Name, string Value)[] headers)
        : this(Encoding.UTF8.GetBytes(body), headers)
    {
    }

    public int Status { get; init; } = 200;

    /// <summary>Whether the answer does not say its length.</summary>
    public bool IsChunked { get; init; }
}
