using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;
using Isobar.Local.Tests.Lambda.Code;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>Functions that are created and updated by the API.</summary>
internal static class CreateCases
{
    private const string About = "functions by the API";
    private const string Made = "arn:aws:lambda:us-east-1:000000000000:function:made";
    private const string Functions = "/2015-03-31/functions";
    private const string Invalid = "InvalidParameterValueException";

    /// <summary>The enumeration of runtimes, as recorded in January 2026.</summary>
    public const string Runtimes = "[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, "
        + "nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, "
        + "java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]";

    private const string RolePattern = @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+";

    private const string NamePattern =
        @"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?"
        + @"(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A new function is pending, then active with another revision", async world =>
        {
            var created = await CreateAsync(world);
            Assert.Equal(201, created.Status);
            AssertFunction(created.Json, """
                "State":"Pending","StateReason":"The function is being created.","StateReasonCode":"Creating"
                """);
            var shown = await world.GetAsync($"{Functions}/made");
            AssertFunction(shown.Json["Configuration"]!, """ "State":"Active","LastUpdateStatus":"Successful" """);
            Assert.NotEqual((string?)created.Json["RevisionId"], (string?)shown.Json["Configuration"]!["RevisionId"]);
        }),
        new(About, "An update of the code is in progress, then successful", async world =>
        {
            var before = (await CreateAsync(world)).Json;
            var updated = await UpdateAsync(world, Zip("second"));
            AssertFunction(updated.Json, """
                "State":"Active","LastUpdateStatus":"InProgress",
                "LastUpdateStatusReason":"The function is being created.","LastUpdateStatusReasonCode":"Creating"
                """);
            Assert.NotEqual((string?)before["CodeSha256"], (string?)updated.Json["CodeSha256"]);
            var shown = (await world.GetAsync($"{Functions}/made")).Json["Configuration"]!;
            AssertFunction(shown, """ "State":"Active","LastUpdateStatus":"Successful" """);
            Assert.Equal((string?)updated.Json["CodeSha256"], (string?)shown["CodeSha256"]);
        }),
        new(About, "A function that was deleted is not found", async world =>
        {
            await CreateAsync(world);
            Assert.Equal(204, (await world.SendAsync(HttpMethod.Delete, $"{Functions}/made")).Status);
            Answers.AssertError(await world.SendAsync(HttpMethod.Delete, $"{Functions}/made"), 404,
                "ResourceNotFoundException", $"Function not found: {Made}", "Message");
        }),
        new(About, "A package that can be unzipped is asked for", async world => Answers.AssertError(
            await CreateAsync(world, Bytes("zip"u8)), 400, Invalid,
            "Could not unzip uploaded file. Please check your file, then try to upload again.", "message")),
        new(About, "A role is an ARN, for a new function and for a changed one", async world =>
        {
            var error = "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must "
                + $"satisfy regular expression pattern: {RolePattern}";
            Answers.AssertError(await CreateAsync(world, more: new() { ["Role"] = "r1" }), 400,
                "ValidationException", error);
            Answers.AssertError(await ConfigureAsync(world, """{"Role":"r1"}"""), 400, "ValidationException", error);
        }),
        new(About, "A runtime is one of the enumeration, for a new function and for a changed one", async world =>
        {
            foreach (var runtime in (string[])["non-existent-runtime", "PYTHON3.9"])
            {
                var error = $"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum "
                    + $"value set: {Runtimes} or be a valid ARN";
                Answers.AssertError(
                    await CreateAsync(world, more: new() { ["Runtime"] = runtime }), 400, Invalid, error, "message");
                Answers.AssertError(
                    await ConfigureAsync(world, $$"""{"Runtime":"{{runtime}}"}"""), 400, Invalid, error, "message");
            }
        }),
        new(About, "A runtime that is no longer supported makes no function", async world =>
        {
            foreach (var runtime in (string[])
                ["java8", "go1.x", "provided", "ruby2.7", "nodejs14.x", "python3.7", "dotnetcore3.1", "nodejs12.x"])
                Answers.AssertError(await CreateAsync(world, more: new() { ["Runtime"] = runtime }), 400, Invalid,
                    $"The runtime parameter of {runtime} is no longer supported for creating or updating AWS Lambda "
                    + "functions. We recommend you use a supported runtime while creating or updating functions.",
                    "message");
        }),
        new(About, "A function has one architecture, as it is spelled", async world =>
        {
            const string start = "1 validation error detected: Value ";
            Answers.AssertError(
                await CreateAsync(world, more: new() { ["Architectures"] = new JsonArray("x86_64", "arm64") }), 400,
                "ValidationException", start + "'[x86_64, arm64]' at 'architectures' failed to satisfy constraint: "
                    + "Member must have length less than or equal to 1");
            Answers.AssertError(
                await CreateAsync(world, more: new() { ["Architectures"] = new JsonArray("X86_64") }), 400,
                "ValidationException", start + "'[X86_64]' at 'architectures' failed to satisfy constraint: Member "
                    + "must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not "
                    + "be null]");
        }),
        new(About, "A name that could not be one is refused by its pattern", async world =>
        {
            foreach (var name in (string[])
            [
                "*", "my-function!", "my-function:invalid!", "invalid-account:function:my-function",
                "arn:aws:lambda:invalid-region:000000000000:function:my-function",
                "arn:aws:ec2:us-east-1:000000000000:instance:i-1234567890abcdef0", Made + ":1:2",
                "function:my-function:$LATEST:extra", Made + ":$LATEST:1", Made + ":$latest",
                "arn:aws:lambda::000000000000:function:made", "arn:aws:lambda:us-east-1::function:made",
                Made + ":$LATES",
            ])
                Answers.AssertError(await CreateAsync(world, more: new() { ["FunctionName"] = name }), 400,
                    "ValidationException", $"1 validation error detected: Value '{name}' at 'functionName' failed to "
                    + $"satisfy constraint: Member must satisfy regular expression pattern: {NamePattern}");
        }),
        new(About, "A name has at most 64 characters, with what is around it 140", async world =>
        {
            var longer = new string('a', 65);
            Answers.AssertError(await CreateAsync(world, more: new() { ["FunctionName"] = longer }), 400, Invalid,
                $"1 validation error detected: Value '{longer}' at 'functionName' failed to satisfy constraint: Member "
                + "must have length less than or equal to 64", "message");
            var qualified = "my-function:" + new string('a', 129);
            Answers.AssertError(await CreateAsync(world, more: new() { ["FunctionName"] = qualified }), 400,
                "ValidationException", $"1 validation error detected: Value '{qualified}' at 'functionName' failed to "
                + "satisfy constraint: Member must have length less than or equal to 140");
        }),
        new(About, "A zip file in a request has at most 50 MB", async world => Answers.AssertError(
            await CreateAsync(world, Bytes(new byte[52_428_801])), 413,
            "RequestEntityTooLargeException", "Zipped size must be smaller than 52428800 bytes")),
        new(About, "Unzipped a function has at most 250 MB", async world =>
        {
            var zip = ZipBytes.Of(("large", "x"));
            // What the directory of the zip file says: nothing is unzipped before it is read.
            var directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 262_144_001);
            Answers.AssertError(
                await CreateAsync(world, Bytes(zip)), 400, Invalid,
                "Unzipped size must be smaller than 262144000 bytes", "message");
        }),
        new(About, "Variables of a new function have at most 4 KB together", async world =>
        {
            var value = new string('x', 4_064);
            var created = await CreateAsync(world, more: new()
            {
                ["Environment"] = new JsonObject
                {
                    ["Variables"] = new JsonObject { ["SMALL_VAR"] = "ok", ["LARGE_VAR"] = value },
                },
            });
            Answers.AssertError(created, 400, Invalid, "Lambda was unable to configure your environment variables "
                + "because the environment variables you have provided exceeded the 4KB limit. String measured: "
                + $"{{\"SMALL_VAR\":\"ok\",\"LARGE_VAR\":\"{value}\"}}", "message");
        }),
        new(About, "What is not in a bucket makes no function and no update", async world =>
        {
            await PutObjectAsync(world);
            await CreateAsync(world);
            foreach (var (bucket, key, error) in ((string, string, string)[])
            [
                ("missing", "code.zip", "NoSuchBucket. S3 Error Message: The specified bucket does not exist"),
                ("packages", "missing.zip", "NoSuchKey. S3 Error Message: The specified key does not exist."),
            ])
            {
                var code = new JsonObject { ["S3Bucket"] = bucket, ["S3Key"] = key };
                var text = "Error occurred while GetObject. S3 Error Code: " + error;
                Answers.AssertError(
                    await UpdateAsync(world, code.DeepClone().AsObject()), 400, Invalid, text, "message");
                Answers.AssertError(
                    await CreateAsync(world, code, new() { ["FunctionName"] = "new" }), 400, Invalid, text, "message");
            }
        }),
        new(About, "A function is made of an object of a bucket", async world =>
        {
            await PutObjectAsync(world);
            var created = await CreateAsync(
                world, new JsonObject { ["S3Bucket"] = "packages", ["S3Key"] = "code.zip" });
            AssertFunction(created.Json, """
                "State":"Pending","StateReason":"The function is being created.","StateReasonCode":"Creating"
                """);
        }),
        new(About, "A function that is published as it is created answers its version, without it in the ARN",
            async world =>
            {
                var created = await CreateAsync(world, more: new() { ["Publish"] = true });
                AssertFunction(created.Json, """
                    "State":"Pending","StateReason":"The function is being created.","StateReasonCode":"Creating"
                    """, version: "1");
                var version = await world.GetAsync($"{Functions}/made?Qualifier=1");
                AssertFunction(version.Json["Configuration"]!, """
                    "State":"Active","LastUpdateStatus":"Successful"
                    """, Made + ":1", "1");
                var again = await world.SendAsync(HttpMethod.Post, $"{Functions}/made/versions", "{}");
                Assert.Equal("1", (string?)again.Json["Version"]);
            }),
        new(About, "An update that is published answers the new version", async world =>
        {
            await CreateAsync(world);
            var updated = await UpdateAsync(world, Zip("second"), new() { ["Publish"] = true });
            Assert.Equal(200, updated.Status);
            AssertFunction(updated.Json, """
                "State":"Pending","StateReason":"The function is being created.","StateReasonCode":"Creating"
                """, Made + ":1", "1");
        }),
    ];

    public static async Task<LambdaAnswer> CreateAsync(
        RecordedWorld world, JsonObject? code = null, JsonObject? more = null)
    {
        var body = new JsonObject
        {
            ["FunctionName"] = "made", ["Runtime"] = "dotnet10", ["Handler"] = "Made",
            ["Role"] = "arn:aws:iam::000000000000:role/echo", ["Code"] = code ?? Zip("first"),
        };
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return await world.SendAsync(HttpMethod.Post, Functions, body.ToJsonString());
    }

    public static JsonObject Zip(string content) => Bytes(ZipBytes.Of(("Made.dll", content)));

    private static JsonObject Bytes(ReadOnlySpan<byte> zip) => new() { ["ZipFile"] = Convert.ToBase64String(zip) };

    private static Task<LambdaAnswer> UpdateAsync(RecordedWorld world, JsonObject code, JsonObject? more = null)
    {
        foreach (var (name, value) in more ?? []) code[name] = value?.DeepClone();
        return world.SendAsync(HttpMethod.Put, $"{Functions}/made/code", code.ToJsonString());
    }

    private static Task<LambdaAnswer> ConfigureAsync(RecordedWorld world, string json) =>
        world.SendAsync(HttpMethod.Put, $"{Functions}/echo/configuration", json);

    /// <summary>Puts a package as <c>packages/code.zip</c>.</summary>
    public static async Task PutObjectAsync(RecordedWorld world)
    {
        await PutAsync(world, "/packages", []);
        await PutAsync(world, "/packages/code.zip", ZipBytes.Of(("Made.dll", "from a bucket")));
    }

    private static async Task PutAsync(RecordedWorld world, string path, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(content) };
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        using var answer = await world.Lambda.Client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static void AssertFunction(JsonNode actual, string state, string arn = Made, string version = "$LATEST")
    {
        var shown = actual.DeepClone().AsObject();
        Answers.AssertForm(shown, "CodeSha256", "^[A-Za-z0-9+/]{43}=$");
        Answers.AssertForm(shown, "CodeSize", "^[1-9][0-9]*$");
        Answers.AssertForm(shown, "LastModified", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$");
        Answers.AssertForm(shown, "RevisionId", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
        Answers.AssertForm(shown["RuntimeVersionConfig"]!.AsObject(), "RuntimeVersionArn",
            "^arn:aws:lambda:us-east-1::runtime:[a-z0-9-]+$");
        Answers.AssertJson($$"""
            { {{state}}, "Architectures":["x86_64"],"CodeSha256":"-","CodeSize":"-","Description":"",
            "EphemeralStorage":{"Size":512},"FunctionArn":"{{arn}}","FunctionName":"made","Handler":"Made",
            "LastModified":"-","LoggingConfig":{"LogFormat":"Text","LogGroup":"/aws/lambda/made"},"MemorySize":128,
            "PackageType":"Zip","RevisionId":"-","Role":"arn:aws:iam::000000000000:role/echo","Runtime":"dotnet10",
            "RuntimeVersionConfig":{"RuntimeVersionArn":"-"},
            "SnapStart":{"ApplyOn":"None","OptimizationStatus":"Off"},"Timeout":3,
            "TracingConfig":{"Mode":"PassThrough"},"Version":"{{version}}"}
            """, shown);
    }
}
