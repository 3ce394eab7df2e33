using System.Net;
using Isobar.Local.Edge.Invalidations;

namespace Isobar.Local.Tests.Edge.Api;

/// <summary>What an invalidation makes the cache forget.</summary>
public sealed class InvalidationTests
{
    [Fact]
    public async Task An_invalidated_page_is_asked_of_the_origin_again_and_others_are_not()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        await PutAsync(cloudFront, "old", "/a", "/b");

        var (status, made) = await cloudFront.InvalidateAsync("one", "/a");
        Put(cloudFront, "new", "/a", "/b");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("InProgress", (string?)made.Element("Status"));
        Assert.Equal(("new/a", "old/b"), (await cloudFront.PageAsync("/a"), await cloudFront.PageAsync("/b")));
        var fact = await cloudFront.Edge.FactAsync<EdgeInvalidated>();
        Assert.Equal(((string?)made.Element("Id"), 1), (fact.Id, fact.Forgotten));
    }

    [Theory]
    [InlineData("/*", "")]
    [InlineData("/images*", "/a")]
    [InlineData("/images/*", "/a /images.html")]
    [InlineData("/images/x.*", "/a /images.html /images/y.png")]
    [InlineData("/images/", "/a /images.html /images/x.jpg /images/x.png /images/y.png")]
    [InlineData("/IMAGES/*", "/a /images.html /images/x.jpg /images/x.png /images/y.png")]
    [InlineData("/a", "/images.html /images/x.jpg /images/x.png /images/y.png")]
    public async Task A_star_at_the_end_stands_for_all_that_begins_so(string path, string kept)
    {
        string[] pages = ["/a", "/images.html", "/images/x.jpg", "/images/x.png", "/images/y.png"];
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        await PutAsync(cloudFront, "old", pages);

        await cloudFront.InvalidateAsync("one", path);
        Put(cloudFront, "new", pages);

        var seen = await Task.WhenAll(pages.Select(page => cloudFront.PageAsync(page)));
        Assert.Equal(kept, string.Join(' ', pages.Where((page, i) => seen[i] == "old" + page)));
    }

    [Fact]
    public async Task Every_copy_of_a_page_is_forgotten_whatever_else_is_in_its_key()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync(text => text
            .Replace("HeaderBehavior: none", "HeaderBehavior: whitelist, Headers: [Accept-Language]")
            .Replace("CookieBehavior: none", "CookieBehavior: whitelist, Cookies: [theme]"));
        Put(cloudFront, "old", "/a");
        (string, string)[][] viewers =
        [
            [], [("Accept-Language", "de")], [("Accept-Language", "fr")], [("Cookie", "theme=dark")],
            [("Accept-Encoding", "gzip")], [("Accept-Encoding", "br, gzip")],
        ];
        foreach (var headers in viewers) await cloudFront.PageAsync("/a", headers);
        Assert.Equal(viewers.Length, cloudFront.Edge.Asked.Count);

        await cloudFront.InvalidateAsync("one", "/a");

        Assert.Equal(viewers.Length, (await cloudFront.Edge.FactAsync<EdgeInvalidated>()).Forgotten);
        foreach (var headers in viewers) await cloudFront.PageAsync("/a", headers);
        Assert.Equal(2 * viewers.Length, cloudFront.Edge.Asked.Count);
    }

    [Theory]
    [InlineData("/a?page=1", "/a /a?page=2")]
    [InlineData("/a", "/a?page=1 /a?page=2")]
    [InlineData("/a*", "")]
    [InlineData("/a?*", "/a")]
    public async Task A_query_string_that_is_in_the_key_is_part_of_the_path(string path, string kept)
    {
        string[] pages = ["/a", "/a?page=1", "/a?page=2"];
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync(text => text
            .Replace("QueryStringBehavior: none", "QueryStringBehavior: whitelist, QueryStrings: [page]"));
        await PutAsync(cloudFront, "old", pages);

        await cloudFront.InvalidateAsync("one", path);
        Put(cloudFront, "new", pages);

        var seen = await Task.WhenAll(pages.Select(page => cloudFront.PageAsync(page)));
        Assert.Equal(kept, string.Join(' ', pages.Where((page, i) => seen[i] == "old" + page)));
    }

    [Fact]
    public async Task A_query_string_that_is_not_in_the_key_is_not_in_the_path()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        await PutAsync(cloudFront, "old", "/a");

        await cloudFront.InvalidateAsync("one", "/a");
        Put(cloudFront, "new", "/a");

        Assert.Equal("new/a", await cloudFront.PageAsync("/a?page=1"));
    }

    [Theory]
    [InlineData("/%C3%A9", true)]
    [InlineData("/%c3%a9", true)]
    [InlineData("/%C3%A8", false)]
    public async Task An_escape_is_the_same_with_small_digits(string path, bool isForgotten)
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        await PutAsync(cloudFront, "old", "/%C3%A9");

        await cloudFront.InvalidateAsync("one", path);
        Put(cloudFront, "new", "/%C3%A9");

        Assert.Equal(isForgotten ? "new/%C3%A9" : "old/%C3%A9", await cloudFront.PageAsync("/%C3%A9"));
    }

    [Fact]
    public async Task An_escape_of_a_character_that_needs_none_leaves_the_page()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        await PutAsync(cloudFront, "old", "/abc");

        await cloudFront.InvalidateAsync("one", "/%61bc");
        Put(cloudFront, "new", "/abc");

        Assert.Equal("old/abc", await cloudFront.PageAsync("/abc"));
    }

    [Fact]
    public async Task The_default_root_object_is_invalidated_by_its_own_path()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        Put(cloudFront, "old", "/index.html");
        Assert.Equal("old/index.html", await cloudFront.PageAsync("/"));

        await cloudFront.InvalidateAsync("one", "/index.html");
        Put(cloudFront, "new", "/index.html");

        Assert.Equal("new/index.html", await cloudFront.PageAsync("/"));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_is_not_kept_and_nobody_who_comes_later_waits_for_it()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        Put(cloudFront, "old", "/a");
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cloudFront.Edge.Answering = held.Task;
        var early = cloudFront.PageAsync("/a");
        Assert.True(await cloudFront.Edge.Arrived.WaitAsync(TimeSpan.FromSeconds(30)));

        await cloudFront.InvalidateAsync("one", "/a");
        cloudFront.Edge.Answering = Task.CompletedTask;
        Put(cloudFront, "new", "/a");
        Assert.Equal("new/a", await cloudFront.PageAsync("/a"));
        Put(cloudFront, "old", "/a");
        held.SetResult();

        Assert.Equal("old/a", await early);
        Assert.Equal("new/a", await cloudFront.PageAsync("/a"));
        Assert.Equal(2, cloudFront.Edge.Asked.Count);
    }

    private static void Put(CloudFrontOnPortZero cloudFront, string content, params string[] pages)
    {
        foreach (var page in pages) cloudFront.Edge.Objects["/pages/site" + page] = new(content + page);
    }

    // Puts pages, and has them cached.
    private static async Task PutAsync(CloudFrontOnPortZero cloudFront, string content, params string[] pages)
    {
        Put(cloudFront, content, pages);
        foreach (var page in pages) Assert.Equal(content + page, await cloudFront.PageAsync(page));
    }
}
