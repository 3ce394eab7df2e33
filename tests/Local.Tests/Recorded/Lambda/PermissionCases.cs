using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>The policies of functions, versions and aliases.</summary>
internal static class PermissionCases
{
    private const string About = "permissions";
    private const string NotFound = "ResourceNotFoundException";
    private const string Invalid = "InvalidParameterValueException";
    private const string Arn = RecordedWorld.Echo;

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        new(About, "A statement is answered as it stands in the policy", async world =>
        {
            var added = await AddAsync(world, S3("s3"));
            Assert.Equal(201, added.Status);
            var statement = Statement("s3", """{"Service":"s3.amazonaws.com"}""", Bucket);
            Answers.AssertJson(statement, JsonNode.Parse((string)added.Json["Statement"]!));
            AssertPolicy(await GetAsync(world), statement);
        }),
        new(About, "Statements are kept in order and removed by their ids, until there is no policy", async world =>
        {
            await AddAsync(world, Permission("logs", "logs.amazonaws.com"));
            await AddAsync(world, Permission("kinesis", "kinesis.amazonaws.com"));
            var (logs, kinesis) = (Statement("logs", """{"Service":"logs.amazonaws.com"}"""),
                Statement("kinesis", """{"Service":"kinesis.amazonaws.com"}"""));
            AssertPolicy(await GetAsync(world), logs, kinesis);
            Answers.AssertError(await RemoveAsync(world, "non-existent"), 404, NotFound,
                "Statement non-existent is not found in resource policy.", "Message");
            Assert.Equal(204, (await RemoveAsync(world, "kinesis")).Status);
            AssertPolicy(await GetAsync(world), logs);
            Assert.Equal(204, (await RemoveAsync(world, "logs")).Status);
            Answers.AssertError(
                await GetAsync(world), 404, NotFound, "The resource you requested does not exist.", "Message");
        }),
        new(About, "Principals and conditions have their places", async world =>
        {
            const string account = """{"StringEquals":{"AWS:SourceAccount":"000000000000"}}""";
            await AssertAddedAsync(
                world, """{"StatementId":"wilcard","Principal":"*","SourceAccount":"000000000000"}""",
                "\"*\"", account);
            await AssertAddedAsync(world, """
                {"StatementId":"lambda","Principal":"lambda.amazonaws.com","SourceAccount":"000000000000"}
                """, """{"Service":"lambda.amazonaws.com"}""", account);
            await AssertAddedAsync(world, """{"StatementId":"account-id","Principal":"000000000000"}""",
                """{"AWS":"arn:aws:iam::000000000000:root"}""", null);
            await AssertAddedAsync(world, """
                {"StatementId":"alexaSkill","Principal":"*","EventSourceToken":"amzn1.ask.skill.x"}
                """, "\"*\"", """{"StringEquals":{"lambda:EventSourceToken":"amzn1.ask.skill.x"}}""");
            await AssertAddedAsync(world, """
                {"StatementId":"urlPermission","Principal":"*","Action":"lambda:InvokeFunctionUrl",
                "SourceAccount":"000000000000","SourceArn":"arn:aws:s3:::bucket","FunctionUrlAuthType":"NONE",
                "PrincipalOrgID":"o-1234567890"}
                """, "\"*\"", """
                {"StringEquals":{"AWS:SourceAccount":"000000000000","lambda:FunctionUrlAuthType":"NONE",
                "aws:PrincipalOrgID":"o-1234567890"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}
                """);
        }),
        new(About, "A version and an alias have policies of their own", async world =>
        {
            await AddAsync(world, S3("s3"));
            var before = (string?)(await GetAsync(world)).Json["RevisionId"];
            await world.SendAsync(HttpMethod.Post, RecordedWorld.Functions + "echo/versions", "{}");
            Assert.Equal(before, (string?)(await GetAsync(world)).Json["RevisionId"]);
            Answers.AssertError(await GetAsync(world, "echo/policy?Qualifier=1"), 404, NotFound,
                "The resource you requested does not exist.", "Message");
            await AddAsync(world, S3("s3"), "echo/policy?Qualifier=1");
            AssertPolicy(await GetAsync(world, "echo/policy?Qualifier=1"),
                Statement("s3", """{"Service":"s3.amazonaws.com"}""", Bucket, Arn + ":1"));
            await world.SendAsync(HttpMethod.Post, RecordedWorld.Functions + "echo/aliases",
                """{"Name":"live","FunctionVersion":"1"}""");
            await AddAsync(world, S3("s3"), "echo/policy?Qualifier=live");
            AssertPolicy(await GetAsync(world, "echo/policy?Qualifier=live"),
                Statement("s3", """{"Service":"s3.amazonaws.com"}""", Bucket, Arn + ":live"));
            AssertPolicy(await GetAsync(world), Statement("s3", """{"Service":"s3.amazonaws.com"}""", Bucket));
        }),
        new(About, "A policy is guarded by its revision", async world =>
        {
            await AddAsync(world, S3("s3"));
            Answers.AssertError(await AddAsync(world, S3("s3_2", """, "RevisionId":"wrong" """)), 412,
                "PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call "
                + "the GetPolicy API to retrieve the latest Revision Id", "message");
            var revision = (string)(await GetAsync(world)).Json["RevisionId"]!;
            Assert.Equal(201, (await AddAsync(world, S3("s3_2", $$""", "RevisionId":"{{revision}}" """))).Status);
            Assert.NotEqual(revision, (string)(await GetAsync(world)).Json["RevisionId"]!);
        }),
        new(About, "The id of a statement and the principal have their forms", async world =>
        {
            Answers.AssertError(await AddAsync(world, Permission("example.com", "s3.amazonaws.com")), 400,
                "ValidationException", "1 validation error detected: Value 'example.com' at 'statementId' failed to "
                + "satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
            Answers.AssertError(await AddAsync(world, Permission("s3", "invalid.nonaws.com")), 400, Invalid,
                "The provided principal was invalid. Please check the principal and try again.", "message");
        }),
        new(About, "An id of a statement is taken once", async world =>
        {
            await AddAsync(world, S3("s3"));
            Answers.AssertError(await AddAsync(world, S3("s3")), 409, "ResourceConflictException",
                "The statement id (s3) provided already exists. Please provide a new statement id, or remove the "
                + "existing statement.", "message");
        }),
        new(About, "$LATEST and a second qualifier are refused", async world =>
        {
            Answers.AssertError(await AddAsync(world, S3("s3"), "echo/policy?Qualifier=$LATEST"), 400, Invalid,
                "We currently do not support adding policies for $LATEST.", "message");
            Answers.AssertError(await AddAsync(world, S3("s3"), "echo:alias/policy?Qualifier=1"), 400, Invalid,
                "The derived qualifier from the function name does not match the specified qualifier.", "message");
        }),
        new(About, "What is not there gets no policy", async world =>
        {
            foreach (var (path, message) in (KeyValuePair<string, string>[])
            [
                new("doesnotexist/policy", $"Function not found: {Arn[..^4]}doesnotexist"),
                new("echo/policy?Qualifier=42", $"Function not found: {Arn}:42"),
                new("echo/policy?Qualifier=alias-doesnotexist", $"Cannot find alias arn: {Arn}:alias-doesnotexist"),
                new("echo/policy?Qualifier=valid-with-$-but-doesnotexist",
                    $"Function not found: {Arn}:valid-with-$-but-doesnotexist"),
            ])
                Answers.AssertError(await AddAsync(world, S3("s3"), path), 404, NotFound, message, "Message");
        }),
        new(About, "What is not there has no policy to show or to change", async world =>
        {
            foreach (var path in (string[])["doesnotexist/policy", "echo/policy?Qualifier=42", "echo/policy"])
                Answers.AssertError(await GetAsync(world, path), 404, NotFound,
                    "The resource you requested does not exist.", "Message");
            Answers.AssertError(await RemoveAsync(world, "s3", "doesnotexist"), 404, NotFound,
                $"No policy found for: {Arn[..^4]}doesnotexist", "Message");
            Answers.AssertError(await RemoveAsync(world, "s3"), 404, NotFound,
                "No policy is associated with the given resource.", "Message");
            Answers.AssertError(await RemoveAsync(world, "s3", "echo:alias-doesnotexist"), 404, NotFound,
                $"Cannot find alias arn: {Arn}:alias-doesnotexist", "Message");
        }),
    ];

    private const string Bucket = """{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::bucket"}}""";

    private static string S3(string sid, string more = "") => $$"""
        {"StatementId":"{{sid}}","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com",
        "SourceArn":"arn:aws:s3:::bucket"{{more}}}
        """;

    private static string Permission(string sid, string principal) =>
        $$"""{"StatementId":"{{sid}}","Action":"lambda:InvokeFunction","Principal":"{{principal}}"}""";

    private static string Statement(
        string sid, string principal, string? condition = null, string arn = Arn,
        string action = "lambda:InvokeFunction") => $$"""
        {"Sid":"{{sid}}","Effect":"Allow","Principal":{{principal}},"Action":"{{action}}","Resource":"{{arn}}"{{
            (condition is null ? "" : ",\"Condition\":" + condition)}}}
        """;

    private static async Task AssertAddedAsync(RecordedWorld world, string json, string principal, string? condition)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        body.TryAdd("Action", "lambda:InvokeFunction");
        var added = await AddAsync(world, body.ToJsonString());
        Answers.AssertJson(
            Statement((string)body["StatementId"]!, principal, condition, action: (string)body["Action"]!),
            JsonNode.Parse((string)added.Json["Statement"]!));
    }

    private static void AssertPolicy(LambdaAnswer answer, params string[] statements)
    {
        var shown = answer.Json.AsObject();
        Answers.AssertForm(shown, "RevisionId", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
        Answers.AssertJson($$"""
            {"Version":"2012-10-17","Id":"default","Statement":[{{string.Join(',', statements)}}]}
            """, JsonNode.Parse((string)shown["Policy"]!));
    }

    private static Task<LambdaAnswer> AddAsync(RecordedWorld world, string json, string path = "echo/policy") =>
        world.SendAsync(HttpMethod.Post, RecordedWorld.Functions + path, json);

    private static Task<LambdaAnswer> GetAsync(RecordedWorld world, string path = "echo/policy") =>
        world.GetAsync(RecordedWorld.Functions + path);

    private static Task<LambdaAnswer> RemoveAsync(RecordedWorld world, string sid, string function = "echo") =>
        world.SendAsync(HttpMethod.Delete, $"{RecordedWorld.Functions}{function}/policy/{sid}");
}
