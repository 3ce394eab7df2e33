using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Isobar.Local.Tokens;

namespace Isobar.Stories.Api;

/// <summary>Whatever is wrong with a request is told by a problem document, and nothing is written.</summary>
/// <remarks>
/// Not on LocalStack where the gateway refuses: its community edition neither applies the template's gateway responses
/// nor asks the authorizer.
/// </remarks>
[Collection(OneStack.Name)]
[Targets(Target.Local, Target.Aws)]
public sealed class BadInputStories(StackFixture stack, BadInputStories.Baseline baseline)
    : IClassFixture<BadInputStories.Baseline>
{
    private const string Import = """{"station":"USW00094728"}""";
    private const string Upload = """{"name":"x.csv","bytes":10}""";

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"station":7}""")]
    [InlineData("""{"station":"usw00094728"}""")]
    [InlineData("""{"station":"../../etc/x"}""")]
    [InlineData("""{"station":"USW00094728","key":"x"}""")]
    public Task A_request_for_an_import_that_is_not_as_it_should_be_is_a_400(string body) => NothingIsWrittenAsync(
        async api => (await api.PostAsync("imports", body, stack.Bearer())).ExpectProblem(400));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"name":"../x.csv","bytes":10}""")]
    [InlineData("""{"name":"a/b.csv","bytes":10}""")]
    [InlineData("""{"name":"a\\b.csv","bytes":10}""")]
    [InlineData("""{"name":"..","bytes":10}""")]
    [InlineData("""{"name":"x.exe","bytes":10}""")]
    [InlineData("""{"name":"x.csv","bytes":0}""")]
    [InlineData("""{"name":"x.csv","bytes":4294967297}""")]
    [InlineData("""{"name":"x.csv.gz","bytes":4294967296}""")]
    [InlineData("""{"name":"x.csv","bytes":"10"}""")]
    public Task A_request_for_a_form_that_is_not_as_it_should_be_is_a_400(string body) => NothingIsWrittenAsync(
        async api => (await api.PostAsync("uploads", body, stack.Bearer())).ExpectProblem(400));

    [Fact]
    public Task A_body_that_is_no_JSON_by_its_own_word_is_a_415_or_a_400() => NothingIsWrittenAsync(async api =>
    {
        (await api.PostAsync("imports", Import, stack.Bearer(), "text/plain")).ExpectProblem(415);
        (await api.PostAsync("uploads", "name=x.csv", stack.Bearer(), "text/plain")).ExpectProblem(400);
    });

    [Fact]
    public Task A_body_over_the_gateways_limit_is_a_413() => NothingIsWrittenAsync(async api =>
        (await api.PostAsync("imports", new string(' ', 10 * 1024 * 1024 + 1), stack.Bearer())).ExpectProblem(413));

    [Fact]
    [Concept("Synchronous trigger: an API's Lambda authorizer", "AuthorizeFunction")]
    public Task Without_a_token_that_is_worth_something_every_writing_call_is_a_401() =>
        NothingIsWrittenAsync(async api =>
        {
            foreach (var authorization in WorthNothing())
            {
                (await api.PostAsync("imports", Import, authorization)).ExpectProblem(401);
                (await api.PostAsync("uploads", Upload, authorization)).ExpectProblem(401);
                (await api.PostAsync($"jobs/{new string('0', 64)}/redrive", "", authorization)).ExpectProblem(401);
            }
        });

    [Fact]
    public Task A_good_token_that_is_not_for_writing_is_a_403() => NothingIsWrittenAsync(async api =>
    {
        var reader = stack.Bearer(scope: "read");
        (await api.PostAsync("imports", Import, reader)).ExpectProblem(403);
        (await api.PostAsync("uploads", Upload, reader)).ExpectProblem(403);
    });

    private IEnumerable<string?> WorthNothing()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = stack.Bearer().Split('.');
        var none = Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8);
        yield return null;
        yield return "Basic YWxpY2U6c2VjcmV0";
        yield return "Bearer x";
        // Expired, for another stack, signed by a key that the stack was never given.
        yield return stack.Bearer(life: TimeSpan.FromMinutes(-1));
        yield return stack.Bearer(audience: "another");
        yield return "Bearer " + new TokenIssuer(stranger).Issue(
            "story", stack.Stack.Name, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        // Forged, unsigned, and signed by no algorithm at all.
        yield return $"{good[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"sub":"root"}"""))}.{good[2]}";
        yield return $"{good[0]}.{good[1]}.";
        yield return $"Bearer {none}.{good[1]}.";
    }

    private async Task NothingIsWrittenAsync(Func<ApiClient, Task> act)
    {
        using var api = stack.Api();
        var before = baseline.Written ??= await StillAsync();
        await act(api);
        await stack.QuietAsync();
        Assert.Equal(before, await WrittenAsync());
    }

    /// <summary>Waits until what earlier stories began writes nothing more.</summary>
    private Task<Written> StillAsync()
    {
        Written? last = null;
        return stack.UntilAsync(WrittenAsync, seen =>
        {
            var isStill = StoryTarget.IsLocal || seen == last;
            last = seen;
            return isStill;
        });
    }

    /// <summary>How many records and object versions there are.</summary>
    private async Task<Written> WrittenAsync()
    {
        var versions = 0;
        var pages = stack.Stack.S3.Paginators.ListVersions(
            new ListVersionsRequest { BucketName = stack.Stack.LandingBucket });
        await foreach (var page in pages.Responses) versions += page.Versions?.Count ?? 0;
        return new Written(
            await ItemsAsync(stack.Stack.JobsTable), await ItemsAsync(stack.Stack.ImportsTable), versions);
    }

    private async Task<int> ItemsAsync(string table)
    {
        var request = new ScanRequest { TableName = table, Select = Amazon.DynamoDBv2.Select.COUNT };
        var count = 0;
        do
        {
            var page = await stack.Stack.DynamoDb.ScanAsync(request);
            count += page.Count ?? 0;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return count;
    }

    /// <summary>What there was before these stories, none of which may add to it.</summary>
    public sealed class Baseline
    {
        internal Written? Written { get; set; }
    }

    internal sealed record Written(int Jobs, int Imports, int Versions);
}
