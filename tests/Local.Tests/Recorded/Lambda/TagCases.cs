using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Tags of functions and event source mappings.</summary>
internal static class TagCases
{
    private const string About = "tags";
    private const string Missing = "arn:aws:lambda:us-east-1:000000000000:function:doesnotexist";
    private const string MissingMapping =
        "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:00000000-0000-4000-8000-000000000000";

    private const string Pattern = @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:"
        + @"\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|"
        + @"code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-"
        + @"[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "Tags of a function come and go, and those that are not there may be taken away", world =>
            LifecycleAsync(world, RecordedWorld.Echo)),
        new(About, "Tags of a mapping come and go, and those that are not there may be taken away", async world =>
        {
            var listed = await world.GetAsync("/2015-03-31/event-source-mappings/");
            await LifecycleAsync(
                world, (string)listed.Json["EventSourceMappings"]![0]!["EventSourceMappingArn"]!);
        })
        {
            Resources = """
                  Mapping:
                    Type: AWS::Lambda::EventSourceMapping
                    Properties: {EventSourceArn: !GetAtt Work.Arn, FunctionName: !Ref Echo}

                """,
        },
        new(About, "A new function may have tags, which GetFunction shows, too", async world =>
        {
            await CreateCases.CreateAsync(world, more: new() { ["Tags"] = new JsonObject { ["testtag"] = "x" } });
            Answers.AssertJson(
                """{"testtag":"x"}""", (await world.GetAsync("/2015-03-31/functions/made")).Json["Tags"]);
            Answers.AssertJson("""{"Tags":{"testtag":"x"}}""", (await ListAsync(
                world, "arn:aws:lambda:us-east-1:000000000000:function:made")).Json);
        }),
        new(About, "A function that is not there has no tags", async world =>
        {
            foreach (var answer in await EachAsync(world, Missing))
                Answers.AssertError(
                    answer, 404, "ResourceNotFoundException", $"Function not found: {Missing}", "Message");
        }),
        new(About, "A mapping that is not there has no tags", async world =>
        {
            foreach (var answer in await EachAsync(world, MissingMapping))
                Answers.AssertError(answer, 404, "ResourceNotFoundException",
                    $"Event source mapping not found: {MissingMapping}", "Message");
        }),
        new(About, "A version, an alias or $LATEST has no tags", async world =>
        {
            foreach (var qualifier in (string[])["$LATEST", "1", "alias"])
                Answers.AssertError(await AddAsync(world, $"{RecordedWorld.Echo}:{qualifier}", """{"A":"a"}"""), 400,
                    "InvalidParameterValueException", "Tags on function aliases and versions are not supported. Please "
                    + "specify a function ARN.", "message");
        }),
        new(About, "What is tagged is named by an ARN of Lambda's", async world =>
        {
            foreach (var arn in (string[])
                ["arn:aws:something", "arn:aws:lambda:us-east-1:000000000000:foobar:x", MissingMapping + ":alias"])
                Answers.AssertError(await AddAsync(world, arn, """{"A":"a"}"""), 400, "ValidationException",
                    $"1 validation error detected: Value '{arn}' at 'resource' failed to satisfy constraint: Member "
                    + $"must satisfy regular expression pattern: {Pattern}");
        }),
        new(About, "No tags can't be added, and no keys taken away", async world =>
        {
            Answers.AssertError(await AddAsync(world, RecordedWorld.Echo, "{}"), 400, "InvalidParameterValueException",
                "An error occurred and the request cannot be processed.", "message");
            Answers.AssertError(
                await world.SendAsync(HttpMethod.Delete, Path(RecordedWorld.Echo)), 400, "ValidationException",
                "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be "
                + "null");
        }),
        new(About, "A function has at most fifty tags, whenever they come", async world =>
        {
            const string error = "Number of tags exceeds resource tag limit.";
            var tags = new JsonObject(Enumerable.Range(0, 51).Select(
                number => KeyValuePair.Create($"{number}_key", (JsonNode?)$"{number}_value")));
            Answers.AssertError(await AddAsync(world, RecordedWorld.Echo, tags.ToJsonString()), 400,
                "InvalidParameterValueException", error, "message");
            Answers.AssertError(await CreateCases.CreateAsync(world, more: new() { ["Tags"] = tags.DeepClone() }), 400,
                "InvalidParameterValueException", error, "message");
            tags.Remove("50_key");
            Assert.Equal(204, (await AddAsync(world, RecordedWorld.Echo, tags.ToJsonString())).Status);
            Answers.AssertJson(new JsonObject { ["Tags"] = tags }.ToJsonString(),
                (await ListAsync(world, RecordedWorld.Echo)).Json);
            Answers.AssertError(await AddAsync(world, RecordedWorld.Echo, """{"another":"x"}"""), 400,
                "InvalidParameterValueException", error, "message");
        }),
    ];

    private static async Task LifecycleAsync(RecordedWorld world, string arn)
    {
        foreach (var (change, expected) in ((Func<Task<LambdaAnswer>>, string)[])
        [
            (() => AddAsync(world, arn, """{"A":"tag-a"}"""), """{"A":"tag-a"}"""),
            (() => AddAsync(world, arn, """{"B":"tag-b","C":"tag-c"}"""),
                """{"A":"tag-a","B":"tag-b","C":"tag-c"}"""),
            (() => AddAsync(world, arn, """{"C":"tag-c-newsuffix","D":"tag-d"}"""),
                """{"A":"tag-a","B":"tag-b","C":"tag-c-newsuffix","D":"tag-d"}"""),
            (() => RemoveAsync(world, arn, "A"), """{"B":"tag-b","C":"tag-c-newsuffix","D":"tag-d"}"""),
            (() => RemoveAsync(world, arn, "B", "C"), """{"D":"tag-d"}"""),
            (() => RemoveAsync(world, arn, "E"), """{"D":"tag-d"}"""),
            (() => RemoveAsync(world, arn, "E", "D"), "{}"),
        ])
        {
            Assert.Equal(204, (await change()).Status);
            Answers.AssertJson($$"""{"Tags":{{expected}}}""", (await ListAsync(world, arn)).Json);
        }
    }

    private static async Task<IReadOnlyList<LambdaAnswer>> EachAsync(RecordedWorld world, string arn) =>
    [
        await AddAsync(world, arn, """{"A":"a"}"""), await RemoveAsync(world, arn, "A"), await ListAsync(world, arn),
    ];

    private static Task<LambdaAnswer> AddAsync(RecordedWorld world, string arn, string tags) =>
        world.SendAsync(HttpMethod.Post, Path(arn), $$"""{"Tags":{{tags}}}""");

    private static Task<LambdaAnswer> RemoveAsync(RecordedWorld world, string arn, params string[] keys) =>
        world.SendAsync(HttpMethod.Delete, $"{Path(arn)}?{string.Join('&', keys.Select(key => "tagKeys=" + key))}");

    private static Task<LambdaAnswer> ListAsync(RecordedWorld world, string arn) => world.GetAsync(Path(arn));

    private static string Path(string arn) => "/2017-03-31/tags/" + Uri.EscapeDataString(arn);
}
