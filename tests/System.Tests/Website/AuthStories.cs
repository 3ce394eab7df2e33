using System.Net;
using System.Security.Cryptography;
using Isobar.Local.Tokens;

namespace Isobar.Stories.Website;

/// <summary>Private pages, which only viewers with a valid token see.</summary>
[Collection(OneStack.Name)]
[Concept("Lambda@Edge: tokens verified before cache and origin", "AuthFunction")]
public sealed class AuthStories(StackFixture fixture) : IDisposable
{
    private const string Page = "/private/";
    private const string Secret = "<h1>The experiment</h1>";

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    [Claim("E5")]
    public async Task Wrong_expired_and_foreign_tokens_reach_neither_cache_nor_origin()
    {
        await viewers.PublishAsync();
        using var foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var valid = Token();
        var begun = fixture.Host.Journal.LastSequence;

        foreach (var authorization in (string[])
        [
            "Bearer guessed", "Bearer " + valid[..^2], "Bearer " + Issue(fixture.Tokens, life: TimeSpan.FromHours(-1)),
            "Bearer " + Issue(new TokenIssuer(foreignKey)), "Bearer " + Issue(fixture.Tokens, "another-stack"),
            "Basic " + valid,
        ])
        {
            using var refused = await viewers.VisitAsync(Page, ("Authorization", authorization));
            await AssertRefusedAsync(refused);
        }

        Assert.Equal(0, Asked(begun));
        Assert.Contains(Secret, await viewers.PageAsync(Page, Bearing(valid)), StringComparison.Ordinal);
        Assert.Equal(1, Asked(begun));

        // What the cache has by now is for the next viewer with a token, and for nobody else.
        Assert.Contains(Secret, await viewers.PageAsync(Page, Bearing(Token())), StringComparison.Ordinal);
        using var without = await viewers.VisitAsync(Page);
        await AssertRefusedAsync(without);
        Assert.Equal(1, Asked(begun));
    }

    [Fact]
    public async Task A_viewer_signs_in_with_a_token_and_then_comes_with_the_cookie()
    {
        await viewers.PublishAsync();
        using var signIn = await viewers.VisitAsync("/private/sign-in", Bearing(Token()));
        Assert.Equal(HttpStatusCode.NoContent, signIn.StatusCode);
        var cookie = Assert.Single(signIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; HttpOnly; SameSite=Strict; Max-Age=", cookie, StringComparison.Ordinal);

        var page = await viewers.PageAsync(Page, ("Cookie", cookie.Split(';')[0]));
        Assert.Contains(Secret, page, StringComparison.Ordinal);

        using var signOut = await viewers.VisitAsync("/private/sign-out", ("Cookie", cookie.Split(';')[0]));
        Assert.Contains("Max-Age=0", signOut.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    // CloudFront finds the behavior by the normalized path: the guard answers what means the page. The others are not
    // below /private/ for it, and lead to an origin that has no such page.
    [Theory]
    [InlineData("/private/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/%70rivate/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/p%72ivate/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/x/../private/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/./private/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/x/%2e%2e/private/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/private/x/../index.html", HttpStatusCode.Unauthorized)]
    [InlineData("//private/index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/private//index.html", HttpStatusCode.Unauthorized)]
    [InlineData("/PRIVATE/index.html", HttpStatusCode.NotFound)]
    [InlineData("/private%2findex.html", HttpStatusCode.NotFound)]
    [InlineData("/private/../private%2findex.html", HttpStatusCode.NotFound)]
    [InlineData("/private/%2e%2e/index.html.secret", HttpStatusCode.NotFound)]
    public async Task No_spelling_of_its_path_leads_past_the_guard(string path, HttpStatusCode status)
    {
        await viewers.PublishAsync();
        using var answer = await viewers.VisitAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // The private pages have no function at the origin's events, so the answers say what was asked of the origin.
    private int Asked(long since) => fixture.Facts<Local.Edge.Requests.EdgeRequestAnswered>(since)
        .Count(fact => fact.Uri.StartsWith(Page, StringComparison.Ordinal) && fact.Result is "Miss" or "RefreshHit");

    private static (string Name, string Value) Bearing(string token) => ("Authorization", $"Bearer {token}");

    private string Token() => Issue(fixture.Tokens);

    private static string Issue(TokenIssuer issuer, string audience = "isobar", TimeSpan? life = null) =>
        issuer.Issue("reader", audience, TimeProvider.System.GetUtcNow(), life ?? TimeSpan.FromHours(1));
}
