using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Layers that are published by the API.</summary>
internal static class LayerCases
{
    private const string About = "layers";
    private const string Path = "/2018-10-31/layers/shared/versions";
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:layer:shared";
    private const string NotFound = "ResourceNotFoundException";
    private const string Gone = "The resource you requested does not exist.";

    private const string VersionPattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:"
        + @"layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";

    private const string Described = """
        "CompatibleArchitectures":["x86_64"],"CompatibleRuntimes":["python3.12"],"Description":"d","LicenseInfo":"l"
        """;

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A version is shown as it was published, by number and by ARN", async world =>
        {
            var first = await PublishAsync(world, Described);
            Assert.Equal(201, first.Status);
            AssertVersion(first, 1, Described);
            AssertVersion(await PublishAsync(world, Described), 2, Described);
            foreach (var path in (string[])
                [Path + "/1", "/2018-10-31/layers?find=LayerVersion&Arn=" + Uri.EscapeDataString(Arn + ":1")])
                AssertVersion(await world.GetAsync(path), 1, Described);
        }),
        new(About, "Without runtimes and architectures there are none; empty lists stay", async world =>
        {
            AssertVersion(await PublishAsync(world), 1, """ "Description":"" """);
            const string empty = """ "CompatibleRuntimes":[],"CompatibleArchitectures":[] """;
            AssertVersion(await PublishAsync(world, empty), 2, empty + ""","Description":"" """);
        }),
        new(About, "A deleted version stays in its functions, and its number is not given again", async world =>
        {
            await PublishAsync(world);
            await PublishAsync(world);
            await world.SendAsync(HttpMethod.Put, RecordedWorld.Functions + "echo/configuration",
                $$"""{"Layers":["{{Arn}}:1"]}""");
            foreach (var version in (int[])[1, 2, 2, 15])
                Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Path}/{version}")).Status);
            var function = await world.GetAsync(RecordedWorld.Functions + "echo/configuration");
            Assert.Equal(Arn + ":1", (string?)function.Json["Layers"]![0]!["Arn"]);
            Answers.AssertJson("""{"LayerVersions":[]}""", (await world.GetAsync(Path)).Json);
            AssertVersion(await PublishAsync(world), 3, """ "Description":"" """);
        }),
        new(About, "A version that is not there is not found, and none is below 1", async world =>
        {
            await PublishAsync(world);
            foreach (var path in (string[])
            [
                "/2018-10-31/layers/doesnotexist/versions/1", Path + "/2",
                "/2018-10-31/layers?find=LayerVersion&Arn=" + Uri.EscapeDataString(Arn + ":2"),
            ])
                Answers.AssertError(await world.GetAsync(path), 404, NotFound, Gone, "Message");
            foreach (var (method, version) in ((HttpMethod, int)[])
                [(HttpMethod.Get, -1), (HttpMethod.Get, 0), (HttpMethod.Delete, -1)])
                Answers.AssertError(await world.SendAsync(method, $"{Path}/{version}"), 400,
                    "InvalidParameterValueException", "Layer Version Cannot be less than 1", "message");
        }),
        new(About, "The ARN of a layer is not the ARN of a version", async world => Answers.AssertError(
            await world.GetAsync("/2018-10-31/layers?find=LayerVersion&Arn=" + Uri.EscapeDataString(Arn)), 400,
            "ValidationException", $"1 validation error detected: Value '{Arn}' at 'arn' failed to satisfy constraint: "
                + $"Member must satisfy regular expression pattern: {VersionPattern}")),
        new(About, "Runtimes and architectures of a layer are of the enumerations", async world =>
        {
            Answers.AssertError(await PublishAsync(world, """
                "CompatibleRuntimes":["invalidruntime","invalidruntime2","nodejs20.x"],
                "CompatibleArchitectures":["invalidarch","x86_64"]
                """), 400, "ValidationException", "2 validation errors detected: Value '[invalidruntime, "
                + "invalidruntime2, nodejs20.x]' at 'compatibleRuntimes' failed to satisfy constraint: Member must "
                + $"satisfy enum value set: {CreateCases.Runtimes}; Value '[invalidarch, x86_64]' at "
                + "'compatibleArchitectures' failed to satisfy constraint: Member must satisfy constraint: [Member "
                + "must satisfy enum value set: [x86_64, arm64], Member must not be null]");
        }),
        new(About, "A layer is made of an object of a bucket", async world =>
        {
            await CreateCases.PutObjectAsync(world);
            var published = await world.SendAsync(
                HttpMethod.Post, Path, """{"Content":{"S3Bucket":"packages","S3Key":"code.zip"}}""");
            AssertVersion(published, 1, """ "Description":"" """);
        }),
        new(About, "A version's policy has statements that come and go", async world =>
        {
            await PublishAsync(world);
            var first = await AddAsync(world, "s1");
            Answers.AssertJson(Statement("s1"), JsonNode.Parse((string)first.Json["Statement"]!));
            var second = await AddAsync(world, "s2");
            var policy = await world.GetAsync(Path + "/1/policy");
            Assert.Equal((string?)second.Json["RevisionId"], (string?)policy.Json["RevisionId"]);
            AssertPolicy(policy, "s1", "s2");
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, Path + "/1/policy/s2")).Status);
            policy = await world.GetAsync(Path + "/1/policy");
            AssertPolicy(policy, "s1");
            Assert.NotEqual((string?)second.Json["RevisionId"], (string?)policy.Json["RevisionId"]);
        }),
        new(About, "A version's policy refuses what functions' policies refuse, and other actions", async world =>
        {
            await PublishAsync(world);
            Answers.AssertError(await world.GetAsync(Path + "/1/policy"), 404, NotFound,
                "No policy is associated with the given resource.", "Message");
            await AddAsync(world, "s1");
            Answers.AssertError(await AddAsync(world, "s1"), 409, "ResourceConflictException",
                "The statement id (s1) provided already exists. Please provide a new statement id, or remove the "
                + "existing statement.", "message");
            Answers.AssertError(await AddAsync(world, "s2", action: "*"), 400, "ValidationException",
                "1 validation error detected: Value '*' at 'action' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: lambda:GetLayerVersion");
            Answers.AssertError(
                await world.SendAsync(HttpMethod.Delete, Path + "/1/policy/doesnotexist"), 404, NotFound,
                "Statement doesnotexist is not found in resource policy.", "Message");
            const string wrong = "The Revision Id provided does not match the latest Revision Id. Call the "
                + "GetLayerPolicy API to retrieve the latest Revision Id";
            Answers.AssertError(await AddAsync(world, "s2", "/1/policy?RevisionId=wrong"), 412,
                "PreconditionFailedException", wrong, "message");
            Answers.AssertError(await world.SendAsync(HttpMethod.Delete, Path + "/1/policy/s1?RevisionId=wrong"), 412,
                "PreconditionFailedException", wrong, "message");
        }),
        new(About, "A version that is not there has no policy", async world =>
        {
            var error = $"Layer version {Arn}:2 does not exist.";
            Answers.AssertError(await AddAsync(world, "s1", "/2/policy"), 404, NotFound, error, "Message");
            Answers.AssertError(await world.GetAsync(Path + "/2/policy"), 404, NotFound, error, "Message");
            Answers.AssertError(
                await world.SendAsync(HttpMethod.Delete, Path + "/2/policy/s1"), 404, NotFound, error, "Message");
        }),
    ];

    private static Task<LambdaAnswer> PublishAsync(RecordedWorld world, string? more = null)
    {
        var body = JsonNode.Parse($$"""{ {{more}} }""")!.AsObject();
        body["Content"] = CreateCases.Zip("layer");
        return world.SendAsync(HttpMethod.Post, Path, body.ToJsonString());
    }

    private static Task<LambdaAnswer> AddAsync(
        RecordedWorld world, string sid, string policy = "/1/policy", string action = "lambda:GetLayerVersion") =>
        world.SendAsync(HttpMethod.Post, Path + policy,
            $$"""{"StatementId":"{{sid}}","Action":"{{action}}","Principal":"*"}""");

    private static string Statement(string sid) => $$"""
        {"Sid":"{{sid}}","Effect":"Allow","Principal":"*","Action":"lambda:GetLayerVersion","Resource":"{{Arn}}:1"}
        """;

    private static void AssertPolicy(LambdaAnswer answer, params string[] sids) => Answers.AssertJson($$"""
        {"Version":"2012-10-17","Id":"default","Statement":[{{string.Join(',', sids.Select(Statement))}}]}
        """, JsonNode.Parse((string)answer.Json["Policy"]!));

    private static void AssertVersion(LambdaAnswer answer, int version, string more)
    {
        var shown = answer.Json.AsObject();
        Answers.AssertForm(shown, "CreatedDate", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$");
        var content = shown["Content"]!.AsObject();
        Answers.AssertForm(content, "CodeSha256", "^[A-Za-z0-9+/]{43}=$");
        Answers.AssertForm(content, "CodeSize", "^[1-9][0-9]*$");
        Answers.AssertForm(content, "Location", "^file:///.+$");
        Answers.AssertJson($$"""
            { {{more}}, "Content":{"CodeSha256":"-","CodeSize":"-","Location":"-"},"CreatedDate":"-",
            "LayerArn":"{{Arn}}","LayerVersionArn":"{{Arn}}:{{version}}","Version":{{version}} }
            """, shown);
    }
}
