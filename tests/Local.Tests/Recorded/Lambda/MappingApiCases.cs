using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Event source mappings that are created, changed and deleted by the API.</summary>
internal static class MappingApiCases
{
    private const string About = "mappings by the API";
    private const string Path = "/2015-03-31/event-source-mappings";
    private const string Unknown = Path + "/00000000-0000-4000-8000-000000000000";
    private const string Invalid = "InvalidParameterValueException";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A mapping is being created, then enabled; deleted, then not found", async world =>
        {
            var created = await CreateAsync(world);
            Assert.Equal(202, created.Status);
            AssertMapping(created, "Creating");
            var path = $"{Path}/{(string)created.Json["UUID"]!}";
            AssertMapping(await world.GetAsync(path), "Enabled");
            var deleted = await world.SendAsync(HttpMethod.Delete, path);
            Assert.Equal(202, deleted.Status);
            AssertMapping(deleted, "Deleting");
            await world.PassAsync();
            Answers.AssertError(await world.GetAsync(path), 404, "ResourceNotFoundException",
                "The resource you requested does not exist.", "Message");
        }),
        new(About, "A UUID that no mapping has is not found", async world =>
        {
            foreach (var answer in (LambdaAnswer[])
            [
                await world.GetAsync(Unknown), await world.SendAsync(HttpMethod.Delete, Unknown),
                await world.SendAsync(HttpMethod.Put, Unknown, """{"Enabled":false}"""),
            ])
                Answers.AssertError(answer, 404, "ResourceNotFoundException",
                    "The resource you requested does not exist.", "Message");
        }),
        new(About, "A mapping needs a source and a function", async world =>
        {
            Answers.AssertError(await world.SendAsync(HttpMethod.Post, Path, """{"FunctionName":"doesnotexist"}"""),
                400, Invalid, "Unrecognized event source.", "message");
            Answers.AssertError(await CreateAsync(world, function: "doesnotexist"), 400, Invalid,
                "Function does not exist", "message");
        }),
        new(About, "A mapping of a queue has no destination for failures", async world => Answers.AssertError(
            await CreateAsync(world, """, "DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:x:y:z"}}"""),
            400, Invalid, "Unsupported DestinationConfig parameter for given event source mapping type.", "message")),
        new(About, "A function is named in every form, and the mapping keeps the qualifier", async world =>
        {
            await world.SendAsync(HttpMethod.Post, RecordedWorld.Functions + "echo/versions", "{}");
            await world.SendAsync(HttpMethod.Post, RecordedWorld.Functions + "echo/aliases",
                """{"Name":"myalias","FunctionVersion":"1"}""");
            foreach (var (name, suffix) in ((string, string)[])
            [
                ("echo", ""), ("000000000000:function:echo:$LATEST", ":$LATEST"),
                ("000000000000:function:echo:1", ":1"), ("000000000000:function:echo:myalias", ":myalias"),
                (RecordedWorld.Echo, ""),
                (RecordedWorld.Echo + ":1", ":1"), (RecordedWorld.Echo + ":myalias", ":myalias"),
            ])
            {
                var created = await CreateAsync(world, function: name);
                AssertMapping(created, "Creating", RecordedWorld.Echo + suffix);
                await world.SendAsync(HttpMethod.Delete, $"{Path}/{(string)created.Json["UUID"]!}");
                await world.PassAsync();
            }
        }),
        new(About, "A mapping may have tags from the beginning", async world =>
        {
            var created = await CreateAsync(world, """, "Tags":{"testtag":"x"}""");
            var arn = Uri.EscapeDataString((string)created.Json["EventSourceMappingArn"]!);
            Answers.AssertJson("""{"Tags":{"testtag":"x"}}""", (await world.GetAsync("/2017-03-31/tags/" + arn)).Json);
        }),
        new(About, "A mapping outlives its function", async world =>
        {
            var created = await CreateAsync(world);
            await world.SendAsync(HttpMethod.Delete, RecordedWorld.Functions + "echo");
            AssertMapping(await world.GetAsync($"{Path}/{(string)created.Json["UUID"]!}"), "Enabled");
        }),
    ];

    private static Task<LambdaAnswer> CreateAsync(RecordedWorld world, string more = "", string function = "echo") =>
        world.SendAsync(HttpMethod.Post, Path, $$"""
            {"FunctionName":"{{function}}","EventSourceArn":"{{RecordedWorld.QueueArn("work")}}"{{more}}}
            """);

    private static void AssertMapping(LambdaAnswer answer, string state, string function = RecordedWorld.Echo)
    {
        var shown = answer.Json.AsObject();
        var uuid = (string)shown["UUID"]!;
        Answers.AssertForm(shown, "LastModified", @"^\d{9,11}(\.\d{1,3})?$");
        Answers.AssertJson($$"""
            {"UUID":"{{uuid}}","BatchSize":10,"EventSourceArn":"{{RecordedWorld.QueueArn("work")}}",
            "EventSourceMappingArn":"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{{uuid}}",
            "FunctionArn":"{{function}}","FunctionResponseTypes":[],"LastModified":"-","State":"{{state}}",
            "MaximumBatchingWindowInSeconds":0,"StateTransitionReason":"USER_INITIATED"}
            """, shown);
    }
}
