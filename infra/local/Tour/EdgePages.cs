using System.Net;
using System.Security.Cryptography;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tour;

/// <summary>What else the edge decides: the page by the device, who may see it, and what is in it.</summary>
internal sealed class EdgePages(LocalHost host, StackClients clients, TourReport report)
{
    private const string Phone =
        "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/145.0.0.0 Mobile Safari/537.36";

    private const string Desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    /// <summary>After the viewers of the A/B test, which have published the site.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (host.EdgeAddress is not { } website) return;
        report.Heading("Device, token and content at the edge");
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = website };
        var begun = host.Journal.LastSequence;
        await ChooseAsync(browser, begun, cancellationToken);
        await RefuseAsync(browser, cancellationToken);
        await EnrichAsync(browser, cancellationToken);
    }

    private async Task ChooseAsync(HttpClient browser, long begun, CancellationToken cancellationToken)
    {
        var small = 0;
        for (var visit = 0; visit < 20; visit++)
        {
            var isPhone = visit % 2 == 0;
            var (_, page) = await GetAsync(
                browser, "/", cancellationToken, ("User-Agent", $"{(isPhone ? Phone : Desktop)} v{visit}"),
                ("Cookie", "isobar-variant=a"));
            if (page.Contains("for small screens", StringComparison.Ordinal) == isPhone) small++;
        }

        var chosen = host.Journal.After(begun).Select(entry => entry.Fact).OfType<EdgeFunctionReported>()
            .Count(fact => fact.EventType == "origin-request");
        report.Check(
            small == 20 && chosen <= 2,
            $"10 telephones and 10 desktops, each with a browser of its own: each saw its page, chosen {chosen} times,"
                + " then from the cache");
    }

    private async Task RefuseAsync(HttpClient browser, CancellationToken cancellationToken)
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = new TokenIssuer(foreign).Issue(
            "tour", host.Options.StackName, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        var begun = host.Journal.LastSequence;
        var (without, _) = await GetAsync(browser, "/private/", cancellationToken);
        var (with, _) = await GetAsync(browser, "/private/", cancellationToken, ("Authorization", $"Bearer {token}"));
        var events = host.Journal.After(begun).Select(entry => entry.Fact).OfType<EdgeFunctionReported>()
            .Select(fact => fact.EventType).ToArray();
        report.Check(
            (without, with) == (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)
                && events is ["viewer-request", "viewer-request"],
            "a private page without a token, and with one of a foreign key: 401 twice, before cache and origin");
    }

    private async Task EnrichAsync(HttpClient browser, CancellationToken cancellationToken)
    {
        // A first call of the route may take longer than the edge waits for it.
        using (var api = new HttpClient { BaseAddress = clients.Stage })
        using (await api.GetAsync("jobs?limit=1", cancellationToken))
        {
        }

        var started = TimeProvider.System.GetTimestamp();
        var (status, page) = await GetAsync(browser, "/jobs.html", cancellationToken, ("User-Agent", Desktop));
        var rows = page.Split("<th scope=\"row\">").Length - 1;
        report.Check(
            status == HttpStatusCode.OK && rows > 0,
            $"the page of jobs, put together at the edge from what the API answered: {rows} jobs in "
                + $"{TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    private static async Task<(HttpStatusCode Status, string Page)> GetAsync(
        HttpClient browser, string path, CancellationToken cancellationToken,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await browser.SendAsync(request, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
