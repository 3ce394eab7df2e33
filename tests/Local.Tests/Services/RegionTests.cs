using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Isobar.Local.Tests.Services;

/// <summary>
/// One rule for all services: a request sees the resources of the Region that it is signed for, and no others.
/// </summary>
public sealed class RegionTests
{
    private const string Here = "us-east-1";
    private const string There = "eu-west-1";

    public static readonly string[] Names = ["only-here", "shared"];

    private static readonly Dictionary<string, IRegionalService> Services =
        typeof(RegionTests).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IRegionalService)))
            .Select(type => (IRegionalService)Activator.CreateInstance(type)!)
            .ToDictionary(service => service.SigningName);

    /// <summary>Services whose resources a template makes, in the stack's Region: how they are listed.</summary>
    private static readonly Dictionary<string, string[]> Listings = new()
    {
        ["lambda"] = ["/2015-03-31/functions", "/2015-03-31/event-source-mappings", "/2018-10-31/layers"],
        ["apigateway"] = ["/restapis"],
    };

    public static TheoryData<string> Regionals => [.. Services.Keys];

    [Theory]
    [MemberData(nameof(Regionals))]
    public async Task A_name_can_be_used_in_two_Regions_and_each_lists_its_own(string service)
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        var asked = Services[service];

        await OkAsync(asked.CreateAsync(host, "shared", Here));
        await OkAsync(asked.CreateAsync(host, "shared", There));
        await OkAsync(asked.CreateAsync(host, "only-here", Here));

        Assert.Equal(Names, await NamesAsync(asked.ListAsync(host, Here)));
        Assert.Equal(["shared"], await NamesAsync(asked.ListAsync(host, There)));
        if (asked.Delete(host, "shared", Here) is not { } delete) return;
        await OkAsync(delete);
        Assert.Equal(["only-here"], await NamesAsync(asked.ListAsync(host, Here)));
        Assert.Equal(["shared"], await NamesAsync(asked.ListAsync(host, There)));
    }

    [Theory]
    [InlineData("lambda")]
    [InlineData("apigateway")]
    public async Task What_a_stack_has_made_is_seen_in_its_Region_only(string service)
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        await host.DeployAsync();

        foreach (var path in Listings[service])
        {
            Assert.Single(Items(await OkAsync(host.SendAsync(service, HttpMethod.Get, path, region: Here))));
            Assert.Empty(Items(await OkAsync(host.SendAsync(service, HttpMethod.Get, path, region: There))));
        }
    }

    [Fact]
    public async Task A_stack_is_seen_in_its_Region_only()
    {
        await using var host = await ServicesOnPortZero.StartAsync();
        await host.DeployAsync();

        var here = await OkAsync(host.QueryAsync("cloudformation", "DescribeStacks", region: Here));
        var there = await OkAsync(host.QueryAsync("cloudformation", "DescribeStacks", region: There));

        Assert.Contains("<StackName>isobar</StackName>", here, StringComparison.Ordinal);
        Assert.DoesNotContain("<StackName>", there, StringComparison.Ordinal);
        Assert.Equal(400, (await host.QueryAsync(
            "cloudformation", "ListStackResources", "StackName=isobar", There)).Status);
    }

    /// <summary>S3 is the exception: the name of a bucket is one for all Regions.</summary>
    [Fact]
    public async Task A_bucket_is_seen_in_every_Region_and_has_one_home()
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        const string home = "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>";
        await OkAsync(host.SendAsync("s3", HttpMethod.Put, "/shared", home, There));
        await OkAsync(host.SendAsync("s3", HttpMethod.Put, "/near", region: Here));

        Assert.Equal(409, (await host.SendAsync("s3", HttpMethod.Put, "/shared", region: Here)).Status);
        Assert.Equal(400, (await host.SendAsync("s3", HttpMethod.Put, "/new", home, Here)).Status);
        Assert.Contains("<Name>shared</Name>",
            await OkAsync(host.SendAsync("s3", HttpMethod.Get, "/", region: Here)), StringComparison.Ordinal);
        Assert.Equal(There, await LocationAsync(host, "shared"));
        Assert.Equal("", await LocationAsync(host, "near"));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("us-east")]
    [InlineData("US-EAST-1")]
    [InlineData("us-east-1-and-more")]
    public async Task A_signature_for_no_Region_is_refused(string region)
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        var (status, body) = await host.JsonAsync("sqs", "AmazonSQS.ListQueues", "{}", region);

        Assert.Equal(403, status);
        Assert.Contains("Credential should be scoped to a valid region.", body, StringComparison.Ordinal);
    }

    /// <summary>A new service brings its <see cref="IRegionalService"/> in its own test folder.</summary>
    [Fact]
    public async Task Every_service_of_the_host_is_here()
    {
        // CloudFormation, Lambda and API Gateway have tests above, as has S3; STS holds nothing. What Application Auto
        // Scaling scales is another service's, so that its API alone makes nothing. CloudFront is in no Region.
        string[] others = ["application-autoscaling", "cloudformation", "cloudfront", "s3", "sts"];
        await using var host = await ServicesOnPortZero.StartAsync();

        Assert.Equal(
            host.All.Where(module => module.Wire is not null).Select(module => module.SigningName).Order(),
            Services.Keys.Concat(Listings.Keys).Concat(others).Order());
    }

    private static async Task<string> OkAsync(Task<(int Status, string Body)> request)
    {
        var (status, body) = await request;
        Assert.True(status is >= 200 and < 300, $"{status} {body}");
        return body;
    }

    /// <summary>Which of the tests' names an answer has, alone or at the end of a URL or ARN.</summary>
    private static async Task<string[]> NamesAsync(Task<(int Status, string Body)> list)
    {
        var body = await OkAsync(list);
        return [.. Names.Where(name => body.Contains($"{name}\"", StringComparison.Ordinal)
            || body.Contains($"{name}<", StringComparison.Ordinal))];
    }

    private static async Task<string> LocationAsync(ServicesOnPortZero host, string bucket) => XElement.Parse(
        await OkAsync(host.SendAsync("s3", HttpMethod.Get, $"/{bucket}?location", region: Here))).Value;

    private static JsonArray Items(string body) =>
        JsonNode.Parse(body)!.AsObject().Select(member => member.Value).OfType<JsonArray>().Single();
}
