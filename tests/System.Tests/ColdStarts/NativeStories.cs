using System.Text.Json.Nodes;
using Isobar.Stories.Api;

namespace Isobar.Stories.ColdStarts;

/// <summary>The application with its authorizer compiled to native code as well.</summary>
public sealed class NativeFixture : StackFixture
{
    internal override IReadOnlyList<string> Parameters => ["NativeAuthorizer=on"];
}

/// <summary>The function that is compiled ahead of time.</summary>
public sealed class NativeStories(NativeFixture stack) : IClassFixture<NativeFixture>
{
    private const string Method = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/v1/POST/imports";

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task The_native_authorizer_is_invoked_and_answers_what_the_other_one_does()
    {
        var zip = await NativePackage.ZipAsync();
        // What a build leaves for tests needs .NET, which the runtime provided.al2023 does not have.
        var updated = await stack.Stack.Calls.LambdaAsync(
            HttpMethod.Put, $"/2015-03-31/functions/{stack.Stack.NameOf("AuthorizeNativeFunction")}/code",
            new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip), ["Publish"] = true });
        var native = $"{stack.Stack.NameOf("AuthorizeNativeFunction")}:{updated["Version"]}";
        Assert.Equal("provided.al2023", (string?)updated["Runtime"]);
        Assert.Null(updated["Layers"]);

        string?[] tokens =
        [
            stack.Bearer(), stack.Bearer(scope: "read"), stack.Bearer(audience: "another"),
            stack.Bearer(life: TimeSpan.FromMinutes(-1)), "Basic YWxpY2U6c2VjcmV0", null,
        ];
        var answers = new List<string?>();
        foreach (var token in tokens)
        {
            var answer = await AskAsync(native, token);
            Assert.Equal(await AskAsync(stack.Stack.LiveOf("AuthorizeFunction"), token), answer);
            answers.Add(answer.Effect ?? answer.Error);
        }

        Assert.Equal(["Allow", "Deny", "Unauthorized", "Unauthorized", "Unauthorized", "Unauthorized"], answers);
    }

    private async Task<(string? Caller, string? Effect, string? Policy, string? Error)> AskAsync(
        string function, string? token)
    {
        var payload = new JsonObject
        {
            ["type"] = "TOKEN", ["authorizationToken"] = token, ["methodArn"] = Method,
        };
        using var response = await stack.Stack.Calls.InvokeAsync(function, payload.ToJsonString(), "RequestResponse");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var statement = answer["policyDocument"]?["Statement"]?[0];
        return ((string?)answer["principalId"], (string?)statement?["Effect"],
            answer["policyDocument"]?.ToJsonString(), (string?)answer["errorMessage"]);
    }
}
