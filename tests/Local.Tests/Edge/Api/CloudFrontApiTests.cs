using System.Net;
using System.Xml.Linq;
using Isobar.Local.Costs;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Edge.Api;

/// <summary>CloudFront's API: what it answers, refuses and charges.</summary>
public sealed class CloudFrontApiTests
{
    [Fact]
    public async Task A_client_that_nobody_here_wrote_lists_invalidates_and_waits()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync(text => text
            .Replace("# more settings", """
                Comment: a site
                        PriceClass: PriceClass_100
                        CustomErrorResponses:
                          - {ErrorCode: 404, ResponsePagePath: /lost.html, ResponseCode: 200, ErrorCachingMinTTL: 7}
                """)
            .Replace("DefaultCacheBehavior:", """
                CacheBehaviors:
                          - PathPattern: '*.css'
                            TargetOriginId: site
                            ViewerProtocolPolicy: https-only
                            CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
                            ResponseHeadersPolicyId: 67f7725c-6f97-4210-82d7-5512b31e9d03
                        DefaultCacheBehavior:
                """));

        var seen = await PythonClient.RunAsync("Edge/Api/cloudfront.py", cloudFront.Address, cloudFront.Id);

        Assert.Equal(
            """
            {"listed":["arn:aws:cloudfront::000000000000:distribution/ID","Deployed","a site","PriceClass_100",true],
            "origins":[["site","pages.s3.us-east-1.amazonaws.com","/site"]],"root":"index.html","sameETag":true,
            "default":["site","redirect-to-https",["GET","HEAD"],["viewer-request","viewer-response"],true],
            "behaviors":[["*.css","https-only","658327ea-f89d-4fab-a63d-7e88639e58f6",
            "67f7725c-6f97-4210-82d7-5512b31e9d03"]],"errors":[[404,"/lost.html","200",7]],
            "created":[201,true,["/a","/b*"],"first"],"again":true,"completed":"Completed","inProgress":0,
            "all":["first","second","third"],"refused":["NoSuchDistribution 404","NoSuchInvalidation 404",
            "InvalidArgument 400","InconsistentQuantities 400","InvalidationBatchAlreadyExists 409",
            "UnknownOperationException 404"]}
            """.ReplaceLineEndings("").Replace("distribution/ID", $"distribution/{cloudFront.Id}"),
            seen.ToJsonString());
    }

    [Fact]
    public async Task An_invalidation_is_in_progress_and_then_completed()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        var (_, made) = await cloudFront.InvalidateAsync("one", "/a");
        var path = $"{cloudFront.Invalidations}/{(string?)made.Element("Id")}";

        var (_, before) = await cloudFront.SendAsync(HttpMethod.Get, path);
        await cloudFront.Edge.PassAsync(TimeSpan.FromSeconds(1));
        var (_, after) = await cloudFront.SendAsync(HttpMethod.Get, path);

        Assert.Equal(
            ("InProgress", "Completed"), ((string?)before.Element("Status"), (string?)after.Element("Status")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("/a*b")]
    [InlineData("/a**")]
    [InlineData("/a b")]
    [InlineData("/é")]
    [InlineData("/a#b")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("https://example.org/a")]
    public async Task A_path_that_can_be_none_is_refused_with_the_whole_batch(string path)
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();

        var (status, answer) = await cloudFront.InvalidateAsync("one", "/right", path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            ("InvalidArgument", "Your request contains one or more invalid invalidation paths.", "Sender"),
            ((string?)answer.Element("Error")!.Element("Code"), (string?)answer.Element("Error")!.Element("Message"),
                (string?)answer.Element("Error")!.Element("Type")));
        Assert.NotEmpty((string?)answer.Element("RequestId") ?? "");
        Assert.Empty(cloudFront.Edge.Facts<EdgeInvalidated>());
    }

    [Theory]
    [InlineData("", "MissingBody", 400)]
    [InlineData("<InvalidationBatch>", "MalformedXML", 400)]
    [InlineData("<Batch/>", "MalformedXML", 400)]
    [InlineData("<InvalidationBatch/>", "MalformedXML", 400)]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><InvalidationBatch/>", "MalformedXML", 400)]
    public async Task A_document_that_is_none_is_refused(string body, string code, int status)
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();

        var (answered, answer) = await cloudFront.SendAsync(HttpMethod.Post, cloudFront.Invalidations, body);

        Assert.Equal((code, status), ((string?)answer.Element("Error")!.Element("Code"), (int)answered));
    }

    [Fact]
    public async Task More_than_3000_paths_or_15_with_a_star_are_too_many_at_a_time()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();

        Assert.Equal("BatchTooLarge 413", Code(await cloudFront.InvalidateAsync("a", Paths(3_001, ""))));
        Assert.Equal("201", Code(await cloudFront.InvalidateAsync("b", Paths(3_000, ""))));
        Assert.Equal("TooManyInvalidationsInProgress 400", Code(await cloudFront.InvalidateAsync("c", "/one-more")));
        Assert.Equal(
            "TooManyInvalidationsInProgress 400", Code(await cloudFront.InvalidateAsync("d", Paths(16, "*"))));
        // The two are counted apart.
        Assert.Equal("201", Code(await cloudFront.InvalidateAsync("e", Paths(15, "*"))));
        Assert.Equal("TooManyInvalidationsInProgress 400", Code(await cloudFront.InvalidateAsync("f", "/f*")));

        await cloudFront.Edge.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("201", Code(await cloudFront.InvalidateAsync("c", "/one-more", "/f*")));
    }

    [Fact]
    public async Task A_repeated_request_is_answered_with_the_first_one_and_costs_nothing()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();

        var (_, first) = await cloudFront.InvalidateAsync("one", "/a", "/b*");
        var (status, second) = await cloudFront.InvalidateAsync("one", "/b*", "/a");
        var other = await cloudFront.InvalidateAsync("one", "/a", "/c");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((string?)first.Element("Id"), (string?)second.Element("Id"));
        Assert.Equal("InvalidationBatchAlreadyExists 409", Code(other));
        Assert.Single(cloudFront.Edge.Facts<EdgeInvalidated>());
        var charges = cloudFront.World.Journal.After(0).Select(entry => entry.Fact).OfType<CallAnswered>()
            .SelectMany(call => call.Charges);
        Assert.Equal(new Charge(Meter.InvalidationPaths, 2), Assert.Single(charges));
        Assert.Equal(0.005m, Prices.Of(Meter.InvalidationPaths).Of(1));
        Assert.Equal(1_000, Prices.Of(Meter.InvalidationPaths).FreeEachMonth);
    }

    [Fact]
    public async Task The_list_goes_from_new_to_old_by_pages()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((string)(await cloudFront.InvalidateAsync($"{i}", "/a")).Answer.Element("Id")!);

        var pages = new List<string[]>();
        var marker = "";
        do
        {
            var (_, list) = await cloudFront.SendAsync(
                HttpMethod.Get, $"{cloudFront.Invalidations}?MaxItems=2&Marker={marker}");
            pages.Add([.. list.Descendants("InvalidationSummary").Select(item => (string)item.Element("Id")!)]);
            Assert.Equal(list.Element("NextMarker") is not null, (bool)list.Element("IsTruncated")!);
            marker = (string?)list.Element("NextMarker") ?? "";
        }
        while (marker.Length > 0);

        Assert.Equal([2, 2, 1], pages.Select(page => page.Length));
        Assert.Equal(ids.AsEnumerable().Reverse(), pages.SelectMany(page => page));
        foreach (var wrong in (string[])["MaxItems=0", "MaxItems=101", "MaxItems=x", "Marker=INONE"])
            Assert.Equal(
                "InvalidArgument 400",
                Code(await cloudFront.SendAsync(HttpMethod.Get, $"{cloudFront.Invalidations}?{wrong}")));
    }

    [Fact]
    public async Task Each_call_is_an_action_on_the_distribution()
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();
        var distribution = $"/2020-05-31/distribution/{cloudFront.Id}";
        await cloudFront.InvalidateAsync("one", "/a");
        await cloudFront.SendAsync(HttpMethod.Get, cloudFront.Invalidations);
        await cloudFront.SendAsync(HttpMethod.Get, cloudFront.Invalidations + "/I1");
        await cloudFront.SendAsync(HttpMethod.Get, distribution);
        await cloudFront.SendAsync(HttpMethod.Get, "/2020-05-31/distribution");

        var arn = $"arn:aws:cloudfront::000000000000:distribution/{cloudFront.Id}";
        Assert.Equal(
            [
                ("cloudfront:CreateInvalidation", arn), ("cloudfront:ListInvalidations", arn),
                ("cloudfront:GetInvalidation", arn), ("cloudfront:GetDistribution", arn),
                ("cloudfront:ListDistributions", "*"),
            ],
            cloudFront.Gate.Asked.SelectMany(asked => asked.Actions)
                .Select(action => (action.Action, action.Resource)));

        cloudFront.Gate.Refuses = true;
        Assert.Equal("AccessDeniedException 403", Code(await cloudFront.InvalidateAsync("two", "/a")));
        Assert.Single(cloudFront.Edge.Facts<EdgeInvalidated>());
    }

    [Theory]
    [InlineData("POST", "/2020-05-31/distribution")]
    [InlineData("PUT", "/2020-05-31/distribution/E1/config")]
    [InlineData("DELETE", "/2020-05-31/distribution/E1")]
    [InlineData("GET", "/2020-05-31/cache-policy")]
    public async Task What_is_not_built_is_an_unknown_operation(string method, string path)
    {
        await using var cloudFront = await CloudFrontOnPortZero.StartAsync();

        Assert.Equal(
            "UnknownOperationException 404", Code(await cloudFront.SendAsync(HttpMethod.Parse(method), path, "<a/>")));
    }

    [Fact]
    public void Of_completed_invalidations_the_newest_thousand_are_remembered()
    {
        var state = new InvalidationState();
        var start = new DateTimeOffset(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);
        for (var i = 0; i <= 1_000; i++)
        {
            var now = start.AddMinutes(i);
            Assert.Equal(
                InvalidationResult.Created, state.Create(new Invalidation($"I{i}", $"{i}", ["/a"], now), now).Result);
        }

        Assert.Null(state.Find("I0"));
        Assert.NotNull(state.Find("I1"));
    }

    private static string[] Paths(int count, string end) => [.. Enumerable.Range(0, count).Select(i => $"/{i}{end}")];

    private static string Code((HttpStatusCode Status, XElement Answer) call) =>
        $"{(string?)call.Answer.Element("Error")?.Element("Code")} {(int)call.Status}".TrimStart();
}
