using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Tokens;
using Isobar.Stories.Api;

namespace Isobar.Stories.Parameters;

/// <summary>The public keys of the API's tokens are in a parameter, which changes while the stack runs.</summary>
[Concept("External extension in a layer: parameters and secrets", "ParametersLayer", "TokenKeysParameter",
    Code = "extensions/parameters")]
[Collection(TokenKeysStack.Name)]
public sealed class TokenKeyStories(TokenKeysFixture stack)
{
    [Fact]
    [Claim("X19")]
    [Targets(Target.Local, Target.Aws)]
    public async Task A_rotated_key_is_seen_within_its_time_to_live_and_a_retired_one_is_refused_while_the_stack_runs()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var next = new TokenIssuer(key);
        Assert.Equal(201, await UploadAsync(stack.Tokens));
        Assert.Equal(401, await UploadAsync(next));

        await stack.ChangeAsync(ring => ring.With(next.PublicKeys));
        await Expiry.UntilAsync(async () => await UploadAsync(next) == 201);
        Assert.Equal(201, await UploadAsync(stack.Tokens));

        var retired = KeyRing.Read(next.PublicKeys).Ids[0];
        await stack.ChangeAsync(ring => ring.Without(id => id == retired));
        await Expiry.UntilAsync(async () => await UploadAsync(next) == 401);
        Assert.Equal(201, await UploadAsync(stack.Tokens));
    }

    [Fact]
    public async Task While_Parameter_Store_is_away_every_call_is_answered_and_the_log_says_since_when()
    {
        Assert.Equal(201, await UploadAsync(stack.Tokens));
        stack.Source.IsAway = true;
        try
        {
            await Expiry.UntilAsync(async () =>
            {
                Assert.Equal(201, await UploadAsync(stack.Tokens));
                return HasLine("parameters: Parameter Store does not answer (500 InternalServerError)");
            });
        }
        finally
        {
            stack.Source.IsAway = false;
        }

        await Expiry.UntilAsync(async () =>
        {
            Assert.Equal(201, await UploadAsync(stack.Tokens));
            return HasLine("parameters: Parameter Store answers again");
        });
    }

    [Fact]
    public async Task Without_the_parameter_every_token_is_refused_as_a_failure_of_the_service_until_it_is_back()
    {
        Assert.Equal(201, await UploadAsync(stack.Tokens));
        var name = new JsonObject { ["Name"] = stack.Stack.NameOf("TokenKeysParameter") };
        var found = (await stack.Stack.Calls.SsmAsync("GetParameter", name))["Parameter"]!;
        await stack.Stack.Calls.SsmAsync("DeleteParameter", name);
        await Expiry.UntilAsync(async () => await UploadAsync(stack.Tokens) == 500);
        await Expiry.UntilAsync(() => Task.FromResult(HasLine("The parameters extension answered 400.")));

        await stack.Stack.Calls.SsmAsync("PutParameter", new JsonObject
        {
            ["Name"] = (string)found["Name"]!, ["Value"] = (string)found["Value"]!, ["Type"] = "String",
        });
        await Expiry.UntilAsync(async () => await UploadAsync(stack.Tokens) == 201);
        Assert.DoesNotContain(stack.Facts<EnvironmentEnded>(), IsAuthorizer);
    }

    // Each with a token of its own: the gateway keeps what the authorizer said of one for a minute.
    private async Task<int> UploadAsync(TokenIssuer issuer)
    {
        using var api = stack.Api();
        var token = issuer.Issue(
            $"story {Guid.NewGuid()}", stack.Stack.Name, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        return (await api.PostAsync("uploads", """{"name":"a.csv","bytes":1}""", $"Bearer {token}")).Status;
    }

    private bool IsAuthorizer(Isobar.Local.Lambda.IFunctionFact fact) =>
        fact.FunctionName == stack.Stack.NameOf("AuthorizeFunction");

    private bool HasLine(string text) => stack.Facts<LogLineWritten>()
        .Any(line => IsAuthorizer(line) && line.Line.Contains(text, StringComparison.Ordinal));
}
