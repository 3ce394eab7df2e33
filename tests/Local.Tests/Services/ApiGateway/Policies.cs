using System.Text.Json.Nodes;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>What authorizers answer.</summary>
internal static class Policies
{
    public static InvocationAnswer Answer(string effect, string resource) => StubFunctions.Success(Document(effect,
        resource));

    public static JsonObject Document(string effect, string resource) => new()
    {
        ["principalId"] = "alice",
        ["policyDocument"] = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(new JsonObject
            {
                ["Action"] = "execute-api:Invoke",
                ["Effect"] = effect,
                ["Resource"] = resource,
            }),
        },
        ["context"] = new JsonObject { ["quota"] = 3 },
    };
}
