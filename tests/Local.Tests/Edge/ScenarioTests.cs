using System.Net;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Edge;

/// <summary>What people use functions at the edge for, beside the A/B router.</summary>
public sealed class ScenarioTests
{
    [Fact]
    [Claim("E4")]
    public async Task Viewers_get_the_image_for_their_device_and_the_cache_keeps_one_for_each()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response) return cf.response;
              const agent = cf.request.headers['user-agent']?.[0].value ?? '';
              const size = agent.includes('Mobile') ? 'small' : 'large';
              cf.request.uri = cf.request.uri.replace('/images/', `/images/${size}/`);
              return cf.request;
            };
            """);
        foreach (var size in (string[])["small", "large"])
            edge.Objects[$"/pages/site/images/{size}/cloud.png"] = new($"a {size} cloud", ("ETag", $"\"{size}\""));

        var seen = new List<string>();
        foreach (var agent in (string[])["Phone/1 Mobile", "Desk/1", "Phone/2 Mobile", "Desk/2"])
            seen.Add(await TextAsync(await edge.SendAsync("/images/cloud.png", null, ("User-Agent", agent))));

        Assert.Equal(["a small cloud", "a large cloud", "a small cloud", "a large cloud"], seen);
        Assert.Equal(
            ["GET /pages/site/images/large/cloud.png", "GET /pages/site/images/small/cloud.png"], edge.Asked.Order());
    }

    [Fact]
    [Claim("E5")]
    public async Task A_token_that_another_server_does_not_know_is_a_401_that_neither_cache_nor_origin_sees()
    {
        await using var authority = await WireServer.StartAsync(
            http =>
            {
                http.Response.StatusCode = http.Request.Headers.Authorization == "Bearer known" ? 204 : 403;
                return Task.CompletedTask;
            },
            0, default);
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response) return cf.response;
              const authorization = cf.request.headers.authorization?.[0].value ?? '';
              const { ok } = await fetch('AUTHORITY', { headers: { authorization } });
              return ok ? cf.request : { status: '401', statusDescription: 'Unauthorized' };
            };
            """.Replace("AUTHORITY", authority.Address.ToString()));
        edge.Objects["/pages/site/secret"] = new("the secret", ("ETag", "\"1\""));

        using var without = await edge.SendAsync("/secret");
        using var wrong = await edge.SendAsync("/secret", null, ("Authorization", "Bearer guessed"));
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Empty(edge.Asked);

        using var right = await edge.SendAsync("/secret", null, ("Authorization", "Bearer known"));
        Assert.Equal("the secret", await TextAsync(right));

        // What is in the cache by now is not for those without a token either.
        using var again = await edge.SendAsync("/secret");
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Single(edge.Asked);
    }

    [Fact]
    [Claim("E6")]
    public async Task A_function_puts_what_it_fetched_elsewhere_into_the_response()
    {
        await using var weather = await WireServer.StartAsync(
            http => http.Response.WriteAsync("21 degrees"), 0, default);
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response || cf.request.uri !== '/today') return cf.response ?? cf.request;
              const now = await (await fetch('WEATHER')).text();
              return { status: '200', statusDescription: 'OK', body: `<h1>Today: ${now}</h1>` };
            };
            """.Replace("WEATHER", weather.Address.ToString()));

        Assert.Equal("<h1>Today: 21 degrees</h1>", await TextAsync(await edge.SendAsync("/today")));
        Assert.Empty(edge.Asked);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
