using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Aliases and their weights.</summary>
internal static class AliasCases
{
    private const string About = "aliases";
    private const string Aliases = RecordedWorld.Functions + "echo/aliases";

    private const string Range = "[Member must have value less than or equal to 1.0, Member must have value greater "
        + "than or equal to 0.0, Member must not be null]";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "An alias with a weight is created and read alike", async world =>
        {
            await TwoVersionsAsync(world);
            const string shown = """
                {"AliasArn":"arn:aws:lambda:us-east-1:000000000000:function:echo:aliasname1_1","RevisionId":"-",
                "Description":"custom-alias","FunctionVersion":"1","Name":"aliasname1_1",
                "RoutingConfig":{"AdditionalVersionWeights":{"2":0.2} } }
                """;
            var created = await CreateAsync(world, "aliasname1_1", "1", "2", 0.2, "custom-alias");
            Assert.Equal(201, created.Status);
            AssertAlias(shown, created);
            AssertAlias(shown, await world.GetAsync($"{Aliases}/aliasname1_1"));
        }),
        new(About, "An alias without a description has an empty one, and no routing", async world =>
        {
            await TwoVersionsAsync(world);
            AssertAlias("""
                {"AliasArn":"arn:aws:lambda:us-east-1:000000000000:function:echo:aliasname1_3","RevisionId":"-",
                "Description":"","FunctionVersion":"1","Name":"aliasname1_3"}
                """, await CreateAsync(world, "aliasname1_3", "1"));
        }),
        new(About, "GetFunction of an alias shows its version under the alias's ARN", async world =>
        {
            await TwoVersionsAsync(world);
            await CreateAsync(world, "live", "1");
            foreach (var name in (string[])["echo:live", RecordedWorld.Echo + ":live"])
            {
                var shown = (await world.GetAsync(RecordedWorld.Functions + name)).Json["Configuration"]!;
                Assert.Equal(
                    (RecordedWorld.Echo + ":live", "1"), ((string?)shown["FunctionArn"], (string?)shown["Version"]));
            }
        }),
        new(About, "A function under an alias that is not there is not found", async world => Answers.AssertError(
            await world.GetAsync($"{RecordedWorld.Functions}echo:aliasdoesnotexist"), 404,
            "ResourceNotFoundException", $"Function not found: {RecordedWorld.Echo}:aliasdoesnotexist", "Message")),
        new(About, "Aliases are listed by name, or those of a version", async world =>
        {
            await TwoVersionsAsync(world);
            await CreateAsync(world, "c", "2");
            await CreateAsync(world, "a", "1");
            await CreateAsync(world, "b", "1");
            Assert.Equal(["a", "b", "c"], await NamesAsync(world, ""));
            Assert.Equal(["a", "b"], await NamesAsync(world, "?FunctionVersion=1"));
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Aliases}/a")).Status);
            Assert.Equal(["b", "c"], await NamesAsync(world, ""));
        }),
        new(About, "An update without weights takes them away and changes the revision", async world =>
        {
            await TwoVersionsAsync(world);
            var created = await CreateAsync(world, "live", "1", "2", 0.2);
            var updated = await world.SendAsync(
                HttpMethod.Put, $"{Aliases}/live", """{"RoutingConfig":{"AdditionalVersionWeights":{} } }""");
            Assert.Equal(200, updated.Status);
            Assert.Null(updated.Json["RoutingConfig"]);
            Assert.NotEqual((string?)created.Json["RevisionId"], (string?)updated.Json["RevisionId"]);
        }),
        new(About, "An update with another revision is refused", async world =>
        {
            await TwoVersionsAsync(world);
            await CreateAsync(world, "revision_alias", "1");
            Answers.AssertError(
                await world.SendAsync(HttpMethod.Put, $"{Aliases}/revision_alias", """{"RevisionId":"wrong"}"""), 412,
                "PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call "
                    + "the GetFunction/GetAlias API to retrieve the latest Revision Id", "message");
        }),
        new(About, "An alias that is not there is told of in three ways: not found to read, to change, and deleted",
            async world =>
            {
                Answers.AssertError(await world.GetAsync($"{Aliases}/non-existent"), 404, "ResourceNotFoundException",
                    $"Cannot find alias arn: {RecordedWorld.Echo}:non-existent", "Message");
                Answers.AssertError(
                    await world.SendAsync(HttpMethod.Put, $"{Aliases}/non-existent", """{"Description":"x"}"""), 404,
                    "ResourceNotFoundException", $"Alias not found: {RecordedWorld.Echo}:non-existent", "Message");
                Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Aliases}/non-existent")).Status);
            }),
        new(About, "A name of digits alone is refused, a date is not", async world =>
        {
            await TwoVersionsAsync(world);
            Assert.Equal(201, (await CreateAsync(world, "2024-01-02", "1")).Status);
            Answers.AssertError(await CreateAsync(world, "2024", "1"), 400, "ValidationException",
                "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
        }),
        Refused("Weights for two more versions are refused", "1", """{"2":0.5,"3":0.2}""",
            "InvalidParameterValueException",
            "Number of items in AdditionalVersionWeights cannot be greater than 1", "message"),
        Refused("A weight over 1 is refused", "1", """{"2":2}""", "ValidationException",
            "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to "
            + $"satisfy constraint: Map value must satisfy constraint: {Range}"),
        Refused("A weight below 0 is refused", "1", """{"2":-1}""", "ValidationException",
            "1 validation error detected: Value '{2=-1.0}' at 'routingConfig.additionalVersionWeights' failed to "
            + $"satisfy constraint: Map value must satisfy constraint: {Range}"),
        Refused("A weight for the alias's own version is refused", "1", """{"1":0.5}""",
            "InvalidParameterValueException",
            "Invalid function version 1. Function version 1 is already included in routing configuration.", "message"),
        Refused("A weight for $LATEST is refused", "1", """{"$LATEST":0.5}""", "ValidationException",
            "1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to "
            + "satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to "
            + "1024, Member must have length greater than or equal to 1, Member must satisfy regular expression "
            + "pattern: [0-9]+]"),
        new(About, "An alias of $LATEST has no weights; the error has no type", async world =>
        {
            await TwoVersionsAsync(world);
            Answers.AssertError(
                await CreateAsync(world, "live", "$LATEST", "1", 0.5), 400, "InvalidParameterValueException",
                "$LATEST is not supported for an alias pointing to more than 1 version", "message", type: null);
            Assert.Equal(201, (await CreateAsync(world, "custom-latest", "$LATEST")).Status);
        }),
        new(About, "A version that is not there is not found, wherever the alias names it", async world =>
        {
            await TwoVersionsAsync(world);
            foreach (var answer in (LambdaAnswer[])
                [await CreateAsync(world, "live", "10"), await CreateAsync(world, "live", "1", "10", 0.5)])
                Answers.AssertError(answer, 404, "ResourceNotFoundException",
                    $"Function not found: {RecordedWorld.Echo}:10", "Message");
        }),
        new(About, "An alias of a function that is not there is not found", async world => Answers.AssertError(
            await world.SendAsync(HttpMethod.Post, $"{RecordedWorld.Functions}unknown/aliases",
                """{"Name":"custom","FunctionVersion":"1"}"""), 404, "ResourceNotFoundException",
            "Function not found: arn:aws:lambda:us-east-1:000000000000:function:unknown:1", "Message")),
        new(About, "A name that is taken is a conflict", async world =>
        {
            await TwoVersionsAsync(world);
            await CreateAsync(world, "custom", "1");
            Answers.AssertError(await CreateAsync(world, "custom", "1"), 409, "ResourceConflictException",
                $"Alias already exists: {RecordedWorld.Echo}:custom", "message");
        }),
    ];

    private static LambdaCase Refused(
        string says, string version, string weights, string code, string message, string? member = null) =>
        new(About, says, async world =>
        {
            await TwoVersionsAsync(world);
            Answers.AssertError(
                await world.SendAsync(HttpMethod.Post, Aliases, $$"""
                    {"Name":"custom","FunctionVersion":"{{version}}",
                    "RoutingConfig":{"AdditionalVersionWeights":{{weights}} } }
                    """), 400, code, message, member);
        });

    private static async Task TwoVersionsAsync(RecordedWorld world)
    {
        await VersionCases.PublishAsync(world);
        await VersionCases.UpdateAsync(world, """{"Environment":{"Variables":{"testenv":"prod"} } }""");
        await VersionCases.PublishAsync(world);
    }

    private static Task<LambdaAnswer> CreateAsync(
        RecordedWorld world, string name, string version, string? additional = null, double weight = 0,
        string? description = null)
    {
        var routing = additional is null ? null : new JsonObject
        {
            ["AdditionalVersionWeights"] = new JsonObject { [additional] = weight },
        };
        return world.SendAsync(HttpMethod.Post, Aliases, new JsonObject
        {
            ["Name"] = name, ["FunctionVersion"] = version, ["Description"] = description,
            ["RoutingConfig"] = routing,
        }.ToJsonString());
    }

    private static async Task<string[]> NamesAsync(RecordedWorld world, string query) =>
        [.. (await world.GetAsync(Aliases + query)).Json["Aliases"]!.AsArray()
            .Select(alias => (string)alias!["Name"]!)];

    private static void AssertAlias(string expected, LambdaAnswer answer)
    {
        var shown = answer.Json.AsObject();
        Answers.AssertForm(shown, "RevisionId", "^[0-9a-f-]{36}$");
        Answers.AssertJson(expected, shown);
    }
}
