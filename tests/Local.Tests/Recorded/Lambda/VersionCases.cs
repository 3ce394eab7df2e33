using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Published versions.</summary>
internal static class VersionCases
{
    private const string About = "versions";
    private const string Echo = RecordedWorld.Functions + "echo";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A published version is shown whole, with its number in Version and ARN", async world =>
        {
            var published = await PublishAsync(world, """{"Description":"First version description :)"}""");
            Assert.Equal(201, published.Status);
            AssertVersion(published.Json, "1", "First version description :)");
            AssertVersion(
                (await world.GetAsync($"{Echo}:1")).Json["Configuration"]!, "1", "First version description :)");
            AssertVersion(
                (await world.GetAsync($"{Echo}/configuration?Qualifier=1")).Json, "1", "First version description :)");
        }),
        new(About, "A version stays as it was when the function is updated", async world =>
        {
            var before = (await PublishAsync(world)).Json;
            await UpdateAsync(world, """{"Description":"Second version :))"}""");
            var after = (await world.GetAsync($"{Echo}:1")).Json["Configuration"]!;
            Assert.Equal((string?)before["RevisionId"], (string?)after["RevisionId"]);
            AssertVersion(after, "1", "");
        }),
        new(About, "An update answers that it is under way; the next question finds it done with another revision",
            async world =>
            {
                var answer = (await UpdateAsync(world, """{"Description":"First version :)"}""")).Json.AsObject();
                Answers.AssertJson("""
                    {"LastUpdateStatus":"InProgress","LastUpdateStatusReason":"The function is being created.",
                    "LastUpdateStatusReasonCode":"Creating","State":"Active","Version":"$LATEST"}
                    """, new JsonObject(answer.Where(member => member.Key is "LastUpdateStatus"
                        or "LastUpdateStatusReason" or "LastUpdateStatusReasonCode" or "State" or "Version")
                        .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));
                var after = (await world.GetAsync($"{Echo}/configuration")).Json;
                Assert.Equal("Successful", (string?)after["LastUpdateStatus"]);
                Assert.NotEqual((string?)answer["RevisionId"], (string?)after["RevisionId"]);
            }),
        new(About, "A second version has the description of the function, and publishing again answers it again",
            async world =>
            {
                await PublishAsync(world, """{"Description":"First version description :)"}""");
                await UpdateAsync(world, """{"Description":"Second version :))"}""");
                var second = await PublishAsync(world);
                var third = await PublishAsync(world, """{"Description":"Third version description :)))"}""");
                AssertVersion(second.Json, "2", "Second version :))");
                Assert.Equal(201, third.Status);
                Answers.AssertJson(second.Json.ToJsonString(), third.Json);
            }),
        new(About, "Versions are listed behind $LATEST, with qualified ARNs and without states", async world =>
        {
            await PublishAsync(world);
            var listed = (await world.GetAsync($"{Echo}/versions")).Json["Versions"]!.AsArray();
            Assert.Equal(["$LATEST", "1"], listed.Select(version => (string)version!["Version"]!));
            Assert.Equal(
                [RecordedWorld.Echo + ":$LATEST", RecordedWorld.Echo + ":1"],
                listed.Select(version => (string)version!["FunctionArn"]!));
            Assert.All(listed, version => Assert.Null(version!["State"]));
            Assert.All(listed, version => Assert.Null(version!["LastUpdateStatus"]));
        }),
        new(About, "A deleted version is gone from the list, and the others stay", async world =>
        {
            await PublishAsync(world);
            await UpdateAsync(world, """{"Description":"Second version :))"}""");
            await PublishAsync(world);
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Echo}?Qualifier=1")).Status);
            var listed = (await world.GetAsync($"{Echo}/versions")).Json["Versions"]!.AsArray();
            Assert.Equal(["$LATEST", "2"], listed.Select(version => (string)version!["Version"]!));
        }),
        new(About, "A version that is not there is not found, by its ARN", async world =>
        {
            foreach (var path in (string[])[$"{Echo}:1221", $"{Echo}/configuration?Qualifier=1221"])
                Answers.AssertError(await world.GetAsync(path), 404, "ResourceNotFoundException",
                    $"Function not found: {RecordedWorld.Echo}:1221", "Message");
        }),
        new(About, "Deleting what is not there names the function without the qualifier", async world =>
        {
            const string missing = "arn:aws:lambda:us-east-1:000000000000:function:missing";
            foreach (var query in (string[])["", "?Qualifier=1"])
                Answers.AssertError(
                    await world.SendAsync(HttpMethod.Delete, $"{RecordedWorld.Functions}missing{query}"), 404,
                    "ResourceNotFoundException", $"Function not found: {missing}", "Message");
        }),
        new(About, "Publishing with another revision is refused", async world => Answers.AssertError(
            await PublishAsync(world, """{"RevisionId":"doesntexist"}"""), 412, "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to "
                + "retrieve the latest Revision Id", "message")),
        new(About, "Publishing with the revision that GetFunction told is accepted", async world =>
        {
            var revision = (string?)(await world.GetAsync(Echo)).Json["Configuration"]!["RevisionId"];
            Assert.Equal(201, (await PublishAsync(world, $$"""{"RevisionId":"{{revision}}"}""")).Status);
        }),
        new(About, "Publishing with another code is refused, and both hashes are named", async world =>
        {
            var code = (string?)(await world.GetAsync(Echo)).Json["Configuration"]!["CodeSha256"];
            Answers.AssertError(
                await PublishAsync(world, """{"CodeSha256":"somenonexistentsha256"}"""), 400,
                "InvalidParameterValueException", "CodeSHA256 (somenonexistentsha256) is different from current "
                    + $"CodeSHA256 in $LATEST ({code}). Please try again with the CodeSHA256 in $LATEST.", "message");
            Assert.Equal(201, (await PublishAsync(world, $$"""{"CodeSha256":"{{code}}"}""")).Status);
        }),
        new(About, "Publishing changes the revision of $LATEST, making an alias does not", async world =>
        {
            var before = await RevisionAsync(world);
            await PublishAsync(world);
            var published = await RevisionAsync(world);
            await world.SendAsync(
                HttpMethod.Post, $"{Echo}/aliases", """{"Name":"revision_alias","FunctionVersion":"1"}""");
            Assert.NotEqual(before, published);
            Assert.Equal(published, await RevisionAsync(world));
        }),
    ];

    internal static Task<LambdaAnswer> PublishAsync(RecordedWorld world, string json = "{}") =>
        world.SendAsync(HttpMethod.Post, $"{Echo}/versions", json);

    internal static Task<LambdaAnswer> UpdateAsync(RecordedWorld world, string json) =>
        world.SendAsync(HttpMethod.Put, $"{Echo}/configuration", json);

    private static async Task<string?> RevisionAsync(RecordedWorld world) =>
        (string?)(await world.GetAsync($"{Echo}/configuration")).Json["RevisionId"];

    // What a version has besides the function's own configuration is told apart, then left out.
    private static void AssertVersion(JsonNode version, string number, string description)
    {
        var shown = version.DeepClone().AsObject();
        Assert.Equal((number, description), ((string?)shown["Version"], (string?)shown["Description"]));
        shown["Version"] = "$LATEST";
        shown["Description"] = "";
        Answers.AssertConfiguration(shown, arn: $"{RecordedWorld.Echo}:{number}");
    }
}
