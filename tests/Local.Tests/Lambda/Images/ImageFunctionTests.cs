using System.Text.Json.Nodes;
using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Lambda.Images;

/// <summary>Functions that are images, as the API makes, shows and changes them.</summary>
/// <remarks>
/// The documents and the texts about ImageUri are those recorded against AWS in November 2025 (LocalStack's snapshots,
/// <c>TestLambdaImages</c>); those about source images and layers are from answers of AWS in public reports.
/// </remarks>
public sealed class ImageFunctionTests
{
    private const string Functions = "/2015-03-31/functions";
    private const string Repository = "000000000000.dkr.ecr.us-east-1.amazonaws.com/test/pictured";
    private const string Invalid = "InvalidParameterValueException";

    private const string Pictured = """
          Pictured:
            Type: AWS::Serverless::Function
            Metadata: {Dockerfile: Dockerfile, DockerContext: image, DockerTag: v1, DockerBuildArgs: {WHAT: task}}
            Properties:
              FunctionName: pictured
              PackageType: Image
              Role: arn:aws:iam::000000000000:role/echo
              ImageConfig: {Command: [Echo], WorkingDirectory: /opt}
        Transform: AWS::Serverless-2016-10-31

        """;

    private const string Dockerfile = """
        FROM public.ecr.aws/lambda/dotnet:10
        ARG WHAT
        COPY ${WHAT}/ /var/task/
        CMD ["Other"]
        """;

    [Fact]
    public async Task A_templates_image_is_shown_with_its_address_and_digest_and_without_runtime_handler_or_layers()
    {
        await using var lambda = await StartAsync();
        var shown = (await lambda.SendAsync(HttpMethod.Get, $"{Functions}/pictured")).Json;

        var configuration = shown["Configuration"]!.AsObject();
        var digest = (string)configuration["CodeSha256"]!;
        Assert.Matches("^[0-9a-f]{64}$", digest);
        Assert.Equal("Image", (string?)configuration["PackageType"]);
        Assert.Equal(
            """{"ImageConfig":{"Command":["Echo"],"WorkingDirectory":"/opt"}}""",
            configuration["ImageConfigResponse"]!.ToJsonString());
        foreach (var member in (string[])["Runtime", "Handler", "Layers", "RuntimeVersionConfig"])
            Assert.False(configuration.ContainsKey(member), member);
        Assert.Equal(
            ["ECR", $"{Repository}:v1", $"{Repository}@sha256:{digest}"],
            shown["Code"]!.AsObject().Select(member => (string?)member.Value));
    }

    [Theory]
    [InlineData(":v1")]
    [InlineData("@sha256:")]
    public async Task A_function_is_created_of_an_image_that_this_host_has_built(string address)
    {
        await using var lambda = await StartAsync();
        if (address[0] == '@') address += await DigestAsync(lambda);
        var created = await CreateAsync(lambda, $$"""
            "PackageType":"Image","Code":{"ImageUri":"{{Repository}}{{address}}"},
            "ImageConfig":{"EntryPoint":["sh"],"Command":["-c","echo test"],"WorkingDirectory":"/tmp"}
            """);

        Assert.True(created.Status == 201, created.Body);
        Assert.Equal("Pending", (string?)created.Json["State"]);
        Assert.Equal(
            """{"EntryPoint":["sh"],"Command":["-c","echo test"],"WorkingDirectory":"/tmp"}""",
            created.Json["ImageConfigResponse"]!["ImageConfig"]!.ToJsonString());
        Assert.False(created.Json.AsObject().ContainsKey("RuntimeVersionConfig"));
    }

    [Theory]
    [InlineData($$"""{"ImageUri":"{{Repository}}:v2"}""", "",
        $"Source image {Repository}:v2 does not exist. Provide a valid source image.")]
    [InlineData($$"""{"ImageUri":"{{Repository}}"}""", "",
        $"Source image {Repository} is not valid. Provide a valid source image.")]
    [InlineData("""{"ImageUri":"echo:latest"}""", "",
        "Source image echo:latest is not valid. Provide a valid source image.")]
    [InlineData($$"""{"ImageUri":"{{Repository}}:v1"}""", ""","Handler":"Echo" """,
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.")]
    [InlineData($$"""{"ImageUri":"{{Repository}}:v1"}""", ""","Layers":["arn:aws:lambda:us-east-1:0:layer:a:1"]""",
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.")]
    [InlineData("""{"ZipFile":""}""", "",
        "Please provide ImageUri when creating a function with packageType Image.")]
    public async Task What_AWS_refuses_is_refused_in_its_words(string code, string more, string message)
    {
        await using var lambda = await StartAsync();
        var refused = await CreateAsync(lambda, $""" "PackageType":"Image","Code":{code}{more} """);
        Assert.Equal((400, Invalid), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Assert.Equal(message, (string?)refused.Json["message"]);
        Assert.Equal(404, (await lambda.SendAsync(HttpMethod.Get, $"{Functions}/made")).Status);
    }

    [Fact]
    public async Task A_package_type_that_is_none_is_an_error_of_form()
    {
        await using var lambda = await StartAsync();
        var refused = await CreateAsync(lambda, """ "PackageType":"Tar","Code":{"ImageUri":"a"} """);
        Assert.Equal((400, "ValidationException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Assert.Contains("[Image, Zip]", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_stays_what_it_was_created_as()
    {
        await using var lambda = await StartAsync();
        var zip = await PutAsync(lambda, "pictured/code", """{"ZipFile":""}""");
        Assert.Equal(
            "Please provide ImageUri when updating a function with packageType Image.", (string?)zip.Json["message"]);
        var image = await PutAsync(lambda, "echo/code", $$"""{"ImageUri":"{{Repository}}:v1"}""");
        Assert.Equal(
            "Please don't provide ImageUri when updating a function with packageType Zip.",
            (string?)image.Json["message"]);
    }

    [Fact]
    public async Task A_new_image_is_new_code_and_the_published_version_keeps_its_own()
    {
        await using var lambda = await StartAsync();
        var first = await DigestAsync(lambda);
        await lambda.SendAsync(HttpMethod.Post, $"{Functions}/pictured/versions", new StringContent("{}"));
        await File.WriteAllTextAsync(Path.Combine(Context(lambda), "task", "Echo.dll"), "other code");
        await lambda.DeployAsync(Pictured.Replace("pictured", "newer", StringComparison.Ordinal)
            .Replace("Pictured", "Newer", StringComparison.Ordinal));
        var newer = Repository.Replace("pictured", "newer", StringComparison.Ordinal);

        var updated = await PutAsync(lambda, "pictured/code", $$"""{"ImageUri":"{{newer}}:v1"}""");
        Assert.True(updated.Status == 200, updated.Body);
        Assert.Equal("InProgress", (string?)updated.Json["LastUpdateStatus"]);
        Assert.NotEqual(first, (string?)updated.Json["CodeSha256"]);
        Assert.Equal("Echo", (string?)updated.Json["ImageConfigResponse"]!["ImageConfig"]!["Command"]![0]);
        var version = await lambda.SendAsync(HttpMethod.Get, $"{Functions}/pictured?Qualifier=1");
        Assert.Equal($"{Repository}@sha256:{first}", (string?)version.Json["Code"]!["ResolvedImageUri"]);
    }

    [Fact]
    public async Task The_image_configuration_is_replaced_as_a_whole_and_an_empty_one_takes_it_away()
    {
        await using var lambda = await StartAsync();
        var changed = await PutAsync(
            lambda, "pictured/configuration", """{"ImageConfig":{"Command":["-c","echo test1"]}}""");
        Assert.Equal(
            """{"Command":["-c","echo test1"]}""",
            changed.Json["ImageConfigResponse"]!["ImageConfig"]!.ToJsonString());

        var emptied = await PutAsync(lambda, "pictured/configuration", """{"ImageConfig":{}}""");
        Assert.Equal(200, emptied.Status);
        Assert.False(emptied.Json.AsObject().ContainsKey("ImageConfigResponse"));
    }

    [Fact]
    public async Task What_an_image_start_may_say_is_bounded()
    {
        await using var lambda = await StartAsync();
        var words = string.Join(',', Enumerable.Repeat("\"a\"", 1_501));
        var refused = await PutAsync(
            lambda, "pictured/configuration", $$$"""{"ImageConfig":{"Command":[{{{words}}}]}}""");
        Assert.Equal((400, "ValidationException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Assert.Contains("length less than or equal to 1500", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile: Dockerfile", "Dockerfile: None", "image/None: there is no such file")]
    [InlineData("DockerContext: image", "DockerContext: none", "DockerContext none: there is no such folder")]
    [InlineData("WHAT: task", "WHAT: none", "image/Dockerfile:3: COPY none/: there is no such file in ")]
    [InlineData("DockerTag: v1", "DockerBuildTarget: last",
        "Metadata DockerBuildTarget is not supported for an image; supported are Dockerfile, DockerContext, Docker")]
    [InlineData("PackageType: Image", "PackageType: Image, Layers: [a]", "Runtime, Handler, Layers cannot be present")]
    [InlineData("DockerContext: image, ", "", "ImageUri needs to be present when PackageType is of type `Image`, or")]
    [InlineData("PackageType: Image", $"PackageType: Image, ImageUri: '{Repository}:no'",
        $"Source image {Repository}:no does not exist. Provide a valid source image.")]
    public async Task A_template_that_says_it_wrong_is_refused(string text, string wrong, string message)
    {
        await using var lambda = await StartAsync();
        var template = Pictured.Replace("pictured", "wrong", StringComparison.Ordinal)
            .Replace("      PackageType: Image", "      " + (text[0] == 'P' ? wrong : "PackageType: Image"),
                StringComparison.Ordinal)
            .Replace(", Layers: [a]", "\n      Layers: [a]", StringComparison.Ordinal)
            .Replace(", ImageUri: ", "\n      ImageUri: ", StringComparison.Ordinal);
        if (!text.StartsWith("PackageType", StringComparison.Ordinal))
            template = template.Replace(text, wrong, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<DeploymentException>(() => lambda.DeployAsync(template));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<LambdaOnPortZero> StartAsync()
    {
        var lambda = await LambdaOnPortZero.StartAsync();
        var context = Directory.CreateDirectory(Context(lambda)).CreateSubdirectory("task").Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), Dockerfile);
        await File.WriteAllTextAsync(Path.Combine(context, "task", "Echo.dll"), "code");
        await lambda.DeployAsync(Pictured);
        return lambda;
    }

    private static string Context(LambdaOnPortZero lambda) =>
        Path.GetFullPath(Path.Combine(lambda.CodeFolder, "..", "..", "..", "..", "image"));

    private static async Task<string> DigestAsync(LambdaOnPortZero lambda) =>
        (string)(await lambda.SendAsync(HttpMethod.Get, $"{Functions}/pictured/configuration")).Json["CodeSha256"]!;

    private static Task<LambdaAnswer> CreateAsync(LambdaOnPortZero lambda, string members) => lambda.SendAsync(
        HttpMethod.Post, Functions, new StringContent(
            $$"""{"FunctionName":"made","Role":"arn:aws:iam::000000000000:role/echo",{{members}}}"""));

    private static Task<LambdaAnswer> PutAsync(LambdaOnPortZero lambda, string path, string body) =>
        lambda.SendAsync(HttpMethod.Put, $"{Functions}/{path}", new StringContent(body));
}
