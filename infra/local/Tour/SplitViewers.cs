using System.Net;

namespace Isobar.Local.Tour;

/// <summary>The A/B router at the edge: a draw for every viewer, which a cookie keeps.</summary>
internal sealed class SplitViewers(LocalHost host, StackClients clients, TourReport report)
{
    private const int Viewers = 1_000;

    // What edge/ab-router weighs variant a with, and three standard deviations of such a draw.
    private const double Weight = 0.8;
    private static readonly double Tolerance = 3 * Math.Sqrt(Viewers * Weight * (1 - Weight));

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("Two home pages, an A/B test at the edge");
        if (host.EdgeAddress is not { } website)
        {
            report.Fact($"not shown, because {host.EdgeAbsence}");
            return;
        }

        await SiteFiles.PublishAsync(
            clients.S3, clients.SiteBucket, host.Options.RepositoryRoot, cancellationToken);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = website };
        var drawn = new Dictionary<string, int>();
        var begun = TimeProvider.System.GetTimestamp();
        for (var viewer = 0; viewer < Viewers; viewer++)
        {
            var (variant, _) = await VisitAsync(browser, $"viewer/{viewer}", null, cancellationToken);
            drawn[variant] = drawn.GetValueOrDefault(variant) + 1;
        }

        var took = TimeProvider.System.GetElapsedTime(begun);
        var inA = drawn.GetValueOrDefault("A");
        report.Check(
            Math.Abs(inA - Viewers * Weight) <= Tolerance && inA + drawn.GetValueOrDefault("B") == Viewers,
            $"{Viewers:N0} viewers in {took.TotalSeconds:0.0} s: {inA} see A, {Viewers - inA} see B"
                + $" (weighted {Weight:P0}, 3σ = {Tolerance:0})");
        await StickAsync(browser, cancellationToken);
        report.Fact($"the website is at {website.GetLeftPart(UriPartial.Authority)} while this runs; see `up`");
    }

    // The other variant than the draw's, so that only the cookie can explain what is seen.
    private async Task StickAsync(HttpClient browser, CancellationToken cancellationToken)
    {
        const string viewer = "viewer/0";
        var (drawn, set) = await VisitAsync(browser, viewer, null, cancellationToken);
        var other = drawn == "A" ? "b" : "a";
        var (seen, again) = await VisitAsync(browser, viewer, $"isobar-variant={other}", cancellationToken);
        report.Check(set is not null && seen == other.ToUpperInvariant() && again is null,
            $"drawn {drawn} (Set-Cookie: {set?.Split(';')[0]}); with the other's cookie, {seen} and no new cookie");
    }

    private static async Task<(string Variant, string? SetCookie)> VisitAsync(
        HttpClient browser, string agent, string? cookie, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.UserAgent.ParseAdd(agent);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await browser.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK) return ($"status {(int)answer.StatusCode}", null);
        var page = await answer.Content.ReadAsStringAsync(cancellationToken);
        var variant = page.Contains("variant A of this page", StringComparison.Ordinal) ? "A"
            : page.Contains("variant B of this page", StringComparison.Ordinal) ? "B" : "neither";
        return (variant, answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.First() : null);
    }
}
